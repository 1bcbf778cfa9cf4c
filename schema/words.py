"""The closed lists of words that records may use."""

from typing import Literal

ValueType = Literal["quantity", "boolean", "date", "text", "term", "entity"]
Kind = Literal[
    "model",
    "organization",
    "policy",
    "place",
    "person",
    "product",
    "topic",
    "technology",
    "industry",
    "dataset",
    "publication",
    "gathering",
]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx", "order_of_magnitude", "range", "sizes"]
ValueStatus = Literal["reported", "not_stated", "not_disclosed", "not_applicable", "unit_not_stated"]
Assertion = Literal["asserted", "estimated", "planned", "forecast", "denied"]
DateBasis = Literal["printed", "document_date", "context"]
Role = Literal["value", "subject", "attribution", "scope"]
Rank = Literal["preferred", "normal", "deprecated"]
SourceType = Literal[
    "article", "paper", "interview", "newspaper", "policy_text", "filing", "model_card", "data_set", "web_page"
]
SourceStatus = Literal["current", "corrected", "retracted"]
PlaceLevel = Literal["world", "region", "country", "province", "city", "district", "group"]

# The kinds of proposal that `extract` prints, by value type; a policy is a text statement of its own.
PROPOSAL_KIND: dict[str, str] = {
    "quantity": "quantity",
    "boolean": "boolean",
    "date": "event",
    "entity": "relation",
    "term": "text",
    "text": "text",
}
