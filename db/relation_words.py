"""Relations as they read from the other side: who is developed by, rather than who develops."""

from db.labels import Labels

_INVERSE = {
    "developer": ("研发了", "Developer of"),
    "owner": ("拥有", "Owner of"),
    "publisher": ("出版了", "Publisher of"),
    "author": ("著有", "Author of"),
    "affiliation": ("任职于此", "People here"),
    "founded_by": ("创立了", "Founder of"),
    "partner": ("合作方", "Partner of"),
    "member_of": ("成员有", "Members"),
    "part_of_organization": ("下属", "Parts"),
    "customer_of": ("客户有", "Customers"),
    "investor": ("投资了", "Investor in"),
    "issued_by": ("印发了", "Issuer of"),
    "interpreted_by": ("负责解释", "Interprets"),
    "amends": ("被修订于", "Amended by"),
    "version_of": ("各版本", "Versions"),
    "predecessor": ("后续", "Followed by"),
    "powers": ("由其驱动", "Powered by"),
    "based_on": ("衍生", "Basis of"),
    "product_of": ("产品", "Products"),
    "located_in": ("位于此地", "Located here"),
    "held_in": ("在此举办", "Held here"),
    "presented_at": ("在此发布", "Presented here"),
    "reported_by": ("报道了", "Reported"),
    "policy_place": ("此地政策", "Policies here"),
    "mentioned_as": ("被提及", "Mentioned as"),
}


def inverse_label(property_id: str, labels: Labels) -> str:
    """Return a relation's name from its object's side; an arrow before its own where it has none."""
    pair = _INVERSE.get(property_id)
    if pair is None:
        return f"← {labels.property(property_id)}"
    return pair[0 if labels.language == "zh" else 1]
