"""Whose officer somebody is, told by the office itself, by tables of invented sentences."""

import pytest

from tests.proposing import tied

HELD = [
    # What stands between a body and its office may be a long bracket, or another office of another body's.
    ("社交平台Meta（青禾、云帆、极风等平台的母公司）联合创始人兼CEO马丁·加尔曼接受了专访。", ("马丁·加尔曼", "Meta")),
    ("到场的有谷歌联合创始人、特斯拉投资者马丁·加尔曼。", ("马丁·加尔曼", "谷歌")),
    ("OpenAI公布了新模型，还谈到首席科学家马丁·加尔曼的去向。", ("马丁·加尔曼", "OpenAI")),
    ("OpenAI团队已超过80人。另外两位联合创始人马丁·加尔曼和罗伯特·芬奇都来自高校。", ("罗伯特·芬奇", "OpenAI")),
    ("此前担任谷歌总裁期间，马丁·加尔曼推动了转型。", ("马丁·加尔曼", "谷歌")),
    ("马丁·加尔曼作为OpenAI首席执行官的职责没有变。", ("马丁·加尔曼", "OpenAI")),
    ("马丁·加尔曼是谷歌董事会主席，三星高级顾问，以及微软创始管理合伙人。", ("马丁·加尔曼", "三星")),
    ("马丁·加尔曼是谷歌董事会主席，三星高级顾问，以及微软创始管理合伙人。", ("马丁·加尔曼", "微软")),
    # A name that only the office before it makes one.
    ("三星电子联席首席执行官庆桂显和其他官员到场。", ("庆桂显", "三星")),
    ("谷歌首席执行官朴尚珉（Sangmin Park）表示欢迎。", ("朴尚珉", "谷歌")),
    ("Visa CEO Ryan McInerney 出席了论坛。", ("Ryan McInerney", "Visa")),
    ("“这很难。”Kalshi 创始人 Tarek 在节目上回忆。", ("Tarek", "Kalshi")),
    ("资管机构Edmond de Rothschild的首席投资官（CIO）Ben Melman透露了计划。", ("Ben Melman", "Edmond de Rothschild")),
    ("Akad Seguros首席技术官André Fichel表示欢迎。", ("André Fichel", "Akad Seguros")),
    ("“还早。”青梧智深创始人成维青告诉记者。", ("成维青", "青梧智深")),
    ("OpenAI今天宣布任命新董事会成员Young Sohn。", ("Young Sohn", "OpenAI")),
    # A body right before the name.
    ("清华大学唐杰团队公布了新作。", ("唐杰", "清华大学")),
]


@pytest.mark.parametrize(("text", "ends"), HELD)
def test_an_office_tells_whose_officer_somebody_is(text: str, ends: tuple[str, str]) -> None:
    found = tied(text, "affiliation")
    assert any(ends[0] in one and ends[1] in other for one, other in found), found


FOUNDED = [
    ("源码资本创始合伙人曹毅也来了。", ("源码资本", "曹毅")),
    ("红杉中国创始及执行合伙人沈南鹏很忙。", ("红杉中国", "沈南鹏")),
    ("2015年，马丁·加尔曼与罗伯特·芬奇，以及其他几位创始人共同创办了OpenAI。", ("OpenAI", "罗伯特·芬奇")),
    ("马丁·加尔曼在文件中称，他与罗伯特·芬奇共同创立OpenAI。", ("OpenAI", "马丁·加尔曼")),
    ("李开复博士带队创办的AI\n2.0公司零一万物亮相。", ("零一万物", "李开复")),
    ("九合创投创始人王啸领投了星河科技天使轮。", ("九合创投", "王啸")),
]


@pytest.mark.parametrize(("text", "ends"), FOUNDED)
def test_founding_partners_and_those_listed_with_others_are_founders(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "founded_by")


NOT_HELD = [
    # A list that goes on with another's officers shares no title.
    ("到场的有谷歌联合创始人马丁·加尔曼、罗伯特·芬奇、微软董事长马可·贝尔等。", ("罗伯特·芬奇", "谷歌")),
    # Who quotes or asks is nobody's employer.
    ("路透社采访了首席执行官马丁·加尔曼。", ("马丁·加尔曼", "路透社")),
    # A clause that tells of its own person goes on with nobody's office.
    ("马丁·加尔曼是谷歌顾问，罗伯特·芬奇是微软总裁。", ("马丁·加尔曼", "微软")),
]


@pytest.mark.parametrize(("text", "ends"), NOT_HELD)
def test_an_office_is_of_nobody_elses_body(text: str, ends: tuple[str, str]) -> None:
    assert ends not in tied(text, "affiliation")
