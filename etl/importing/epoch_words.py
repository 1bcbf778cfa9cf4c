"""Epoch's words for domains, tasks, access and countries, and what they are in ours."""

import re

# Domains and tasks that a term of ours says; the others have none and are told.
TASK_TERMS = {
    "language": "natural_language_processing",
    "vision": "computer_vision",
    "multimodal": "multimodal",
    "image generation": "cv_image_generation",
    "biology": "scientific_computing",
    "earth science": "scientific_computing",
    "materials science": "scientific_computing",
    "astronomy": "scientific_computing",
    "physics": "scientific_computing",
    "driving": "autonomous_driving",
    "language modelling/generation": "nlp_text_generation",
    "language modeling/generation": "nlp_text_generation",
    "language generation": "nlp_text_generation",
    "text generation": "nlp_text_generation",
    "chat": "nlp_text_generation",
    "language modelling": "natural_language_processing",
    "language modeling": "natural_language_processing",
    "translation": "natural_language_processing",
    "question answering": "natural_language_processing",
    "text classification": "natural_language_processing",
    "text summarization": "natural_language_processing",
    "text-to-image": "cv_image_generation",
    "video generation": "video_generation",
    "text-to-video": "video_generation",
    "3d reconstruction": "generation_3d",
    "code generation": "code_generation",
    "coding": "code_generation",
    "image classification": "computer_vision",
    "object detection": "computer_vision",
    "image captioning": "visual_understanding",
    "visual question answering": "visual_understanding",
    "self-driving car": "autonomous_driving",
    "protein folding prediction": "scientific_computing",
    "protein generation": "scientific_computing",
    "weather forecasting": "scientific_computing",
}

# What each way of access says of weights, of use by anyone, and of commercial use; None says nothing.
ACCESS = {
    "open weights (unrestricted)": (True, True, True),
    "open weights (restricted use)": (True, True, None),
    "open weights (non-commercial)": (True, True, False),
    "open access (unrestricted)": (True, True, True),
    "open access (restricted use)": (True, True, None),
    "open access (non-commercial)": (True, True, False),
    "open source": (True, True, True),
    "api access": (False, True, None),
    "hosted access (no api)": (False, True, None),
    "hosted access": (False, True, None),
    "unreleased": (False, False, None),
}
CODE_OPEN = {
    "open source": True,
    "open (restricted use)": True,
    "open (non-commercial)": True,
    "open access (restricted use)": True,
    "open access (non-commercial)": True,
    "unreleased": False,
}
YES = frozenset({"yes", "true", "checked", "1", "open"})
NO = frozenset({"no", "false", "unchecked", "0", "closed"})

# Cells that are a licence's name and nothing else.
LICENCE = re.compile(
    r"(?i)(?:the )?(?:apache(?: licen[cs]e)?,?[ -]?(?:v(?:ersion)?\.? ?)?2(?:\.0)?|mit|bsd(?:[- ][23][- ]clause)?|"
    r"(?:a|l)?gpl(?:[- ]?v?[23](?:\.0)?)?|cc[- ]by(?:[- ](?:nc|sa|nd))*(?:[- ]\d\.\d)?|"
    r"llama ?\d(?:\.\d)?(?: community)?|(?:bigscience )?(?:bloom )?open ?rail(?:[-+ ]?m)?(?:\+\+)?)(?: licen[cs]e)?\.?"
)

COUNTRIES = {
    "united states of america": "US", "united states": "US", "china": "CN", "canada": "CA", "japan": "JP",
    "united kingdom of great britain and northern ireland": "GB", "united kingdom": "GB", "germany": "DE",
    "france": "FR", "switzerland": "CH", "israel": "IL", "russia": "RU", "russian federation": "RU",
    "korea (republic of)": "KR", "south korea": "KR", "singapore": "SG", "hong kong": "HK", "netherlands": "NL",
    "united arab emirates": "AE", "belgium": "BE", "czechia": "CZ", "australia": "AU", "india": "IN",
    "italy": "IT", "spain": "ES", "sweden": "SE", "finland": "FI", "norway": "NO", "denmark": "DK",
    "austria": "AT", "ireland": "IE", "poland": "PL", "taiwan": "TW", "saudi arabia": "SA", "turkey": "TR",
    "türkiye": "TR", "iran (islamic republic of)": "IR", "iran": "IR", "viet nam": "VN", "vietnam": "VN",
    "brazil": "BR", "portugal": "PT", "greece": "GR", "hungary": "HU", "ukraine": "UA", "estonia": "EE",
    "luxembourg": "LU", "macao": "MO", "malaysia": "MY", "thailand": "TH", "indonesia": "ID", "egypt": "EG",
    "south africa": "ZA", "mexico": "MX", "chile": "CL", "argentina": "AR", "new zealand": "NZ", "qatar": "QA",
}  # fmt: skip
# Said in the place of a country, and none.
NO_COUNTRY = frozenset({"multinational", "other", "unknown", "global"})

_PRICE = re.compile(r"\$ ?(\d+(?:\.\d+)?) / 1M (.{0,40}?)tokens?( copy)?(?:,? ?\(?([^()]{3,60})\)?)?")


def price(printed: str) -> tuple[float, str] | None:
    """Return dollars per million tokens and what kind of token of `$3 / 1M input tokens`; None for prices of other things."""
    found = _PRICE.fullmatch(printed.strip())
    if not found or "per hour" in printed:
        return None
    kind = " ".join(part.strip(" ,") for part in (found[2] + "tokens", found[4] or "") if part)
    return float(found[1]), kind
