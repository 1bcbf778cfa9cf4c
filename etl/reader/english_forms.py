"""Names in English sentences: what a capital only begins, who is a person by the first name, what is a firm by its verb."""

import re

from etl.reader.english_words import is_common

_GIVEN_NAMES = """
Aaron Adam Adrian Aidan Alan Albert Alec Alex Alexander Alexandr Alexis Alfred Alice Alison Allison Amanda
Amelia Amy Ana Andre Andrea Andreas Andrej Andrew Andy Angela Anil Anjney Ann Anna Anne Anthony Antoine Antonio
Aravind Arjun Arthur Arvind Ashish Ashley Barack Barbara Barry Ben Benjamin Bernard Beth Bill Bob Brad Bradley
Brandon Brenda Brendan Brett Brian Bruce Bruno Bryan Carl Carlos Caroline Catherine Cathy Charles Charlie
Charlotte Chris Christian Christina Christine Christopher Claire Clement Colin Connor Craig Cynthia Dan Dana
Daniel Daniela Daphne Dario Darren Dave David Deborah Demis Denise Dennis Derek Diana Diane Donald Doug Douglas
Dylan Ed Edward Edwin Elena Eli Elijah Elizabeth Ellen Elon Emily Emma Emmanuel Eric Erik Erin Ethan Eugene Eva
Evan Felix Fiona Francesca Francis Francois Frank Fred Frederic Gabriel Gary Gavin Geoff Geoffrey George Gerald
Gilbert Gina Giovanni Glenn Grace Graham Greg Gregory Guillaume Hannah Harold Harry Heather Heidi Helen Henry
Herbert Howard Hugh Ian Igor Ilya Irene Isaac Isabel Ivan Jack Jackie Jacob Jake James Jamie Jan Jane Janet
Jared Jason Jay Jean Jeff Jeffrey Jennifer Jensen Jeremy Jerry Jesse Jessica Jill Jim Jimmy Joan Joanna Joe Joel
John Johnny Jon Jonathan Jordan Jose Joseph Josh Joshua Juan Judith Julia Julian Julie Justin Karen Karl Kate
Katherine Kathryn Katie Keith Kelly Ken Kenneth Kevin Kim Kimberly Kirk Kristen Kyle Larry Laura Lauren Laurence
Lawrence Lee Leo Leon Leonard Leslie Lewis Liam Linda Lisa Logan Louis Louise Lucas Lucy Luis Luke Madeline Marc
Marco Marcus Margaret Maria Marie Mario Mark Martha Martin Mary Matt Matthew Maurice Max Megan Melissa Michael
Michel Michelle Miguel Mike Mira Mohamed Mohammed Mustafa Nancy Naomi Natalie Nathan Neil Nicholas Nick Nicolas
Nicole Nikesh Nikola Nina Noah Noam Norman Oliver Olivia Oriol Oscar Owen Pablo Pamela Patricia Patrick Paul
Paula Pedro Peter Phil Philip Philippe Pierre Rachel Rafael Ralph Raymond Rebecca Reid Ricardo Richard Rick
Robert Robin Roger Roland Ron Ronald Rose Roy Russell Ruth Ryan Sachin Sam Samantha Samuel Sandra Sara Sarah
Satya Scott Sean Sebastian Sergey Sergio Seth Shane Shannon Sharon Shawn Simon Sissie Sophia Sophie Stephanie
Stephen Steve Steven Stuart Sundar Susan Suzanne Sylvia Tara Ted Teresa Terry Thomas Tim Timothee Timothy Tina
Todd Tom Tony Tracy Trevor Tyler Ursula Vanessa Victor Victoria Vincent Virginia Vivek Walter Wayne Wendy Wesley
William Xavier Yann Yoshua Yves Zachary Zoe
"""
_GIVEN = frozenset(_GIVEN_NAMES.split())
_PERSON = re.compile(
    r"[A-Z][a-zÀ-ɏ]+(?:-[A-Z][a-z]+)?(?: [A-Z]\.?)?(?: (?:van |de |von )?[A-Z][A-Za-zÀ-ɏ]+(?:-[A-Z][a-z]+)?){1,2}"
)
_FIRM_WORDS = re.compile(
    r"\b(?:Capital|Ventures?|Partners|Labs?|Fund|Group|Global|Research|Institute|University|Management|Bank|Systems|Networks|Studio|"
    r"Software|Technologies|Robotics|Energy|Motors|Cloud|AI|Inc|Corp|API|Pro|Max|Code|Model)\b"
)
_CHINESE_NEAR = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]")
_REACH = 12
# The place where a sentence, line or cell begins: a capital says nothing there.
_OPENS = re.compile(r"(?:^|[.!?:;\n#*|>•(\[“\"_-])[ \t]*$")
_FIRM_AFTER = re.compile(
    r"(?:,? (?:which |has |have |had |is |was )*(?:raised|raising|secured|acquired|closed|hired|employs|founded|co-founded|valued|backed|headquartered)\b"
    r"|['’]s (?:CEO|CTO|valuation|founders?|investors|board|employees|revenue|shares|market|funding|latest funding)|-backed\b|,? (?:Inc|Corp|Ltd|LLC)\b)"
)
_FIRM_BEFORE = re.compile(
    r"(?:\b(?:startup|start-up|company|firm|lab|maker|investor|rival|giant|unicorn|developer|backed by|led by|invested in|acquired|acquire|founder of|CEO of|CTO of|head of AI at|employees at) )$"
)


def is_english(text: str, start: int, end: int) -> bool:
    """Tell whether a form stands in English words and not in Chinese ones."""
    return not (
        _CHINESE_NEAR.search(text, max(0, start - _REACH), start) or _CHINESE_NEAR.search(text, end, end + _REACH)
    )


def only_begins(text: str, start: int, printed: str) -> bool:
    """Tell whether common words with a capital are no name: one anywhere, several where a sentence or line begins."""
    words = printed.replace("\n", " ").replace("-", " ").split(" ")
    if not all(word.isalpha() and (word[1:].islower() or len(word) == 1) and is_common(word) for word in words):
        return False
    return len(words) == 1 or _OPENS.search(text, max(0, start - 6), start) is not None


def has_given_name(printed: str) -> bool:
    """Tell whether a name of two to four words begins with a person's given name."""
    words = printed.split()
    return 2 <= len(words) <= 4 and words[0] in _GIVEN and words[-1].isalpha() and words[-1][1:].islower()


def is_person_form(name: str) -> bool:
    """Tell whether a Latin name has a person's form, and no word of a firm's or thing's."""
    return _PERSON.fullmatch(name) is not None and _FIRM_WORDS.search(name) is None


def english_kind(text: str, start: int, end: int, printed: str) -> str:
    """Return the kind of a plain name that English words tell; nothing where they tell none."""
    if has_given_name(printed):
        return "person"
    if _FIRM_AFTER.match(text, end) or _FIRM_BEFORE.search(text, max(0, start - 16), start):
        return "organization"
    return ""
