"""The columns of Epoch AI's table of models, by every name they have had."""

from etl.importing.columns import Column

NAME = Column("Model", ("System", "Model name", "Name"), needed=True)
DATE = Column("Publication date", ("Release date", "Publication date (first)"), ("released",), needed=True)
ORGANIZATION = Column("Organization", ("Organizations", "Organization(s)", "Organisation"), ("developer",), needed=True)
PARAMETERS = Column("Parameters", ("Number of parameters", "Parameter count"), ("parameters",), needed=True)
COMPUTE = Column(
    "Training compute (FLOP)", ("Training compute (FLOPs)", "Training compute"), ("training_compute",), needed=True
)
COMPUTE_LOW = Column("Training compute lower bound", (), ("training_compute",))
COMPUTE_HIGH = Column("Training compute upper bound", (), ("training_compute",))
DATA_SIZE = Column(
    "Training dataset size (total)",
    ("Training dataset size (datapoints)", "Training dataset size (gradients)", "Training dataset size"),
    ("training_data",),
)
COST = Column(
    "Training compute cost (2023 USD)",
    (
        "Training compute cost (2020 USD)",
        "Training compute cost (2024 USD)",
        "Training compute cost (2025 USD)",
        "Training compute cost",
        "Training cost (2023 USD)",
    ),
    ("training_cost",),
)
COST_CLOUD = Column("Training compute cost (cloud)", (), ("training_cost",))
COST_UPFRONT = Column("Training compute cost (upfront)", ("Hardware acquisition cost",), ("training_cost",))
TIME = Column("Training time (hours)", ("Training time",), ("duration",))
HARDWARE = Column("Training hardware", ("Hardware model", "Hardware"), ("training_hardware",))
QUANTITY = Column("Hardware quantity", ("Number of chips", "Hardware count used"), ("accelerators",))
POWER = Column("Training power draw (W)", ("Training power draw",), ("power",))
ACCESS = Column(
    "Model accessibility", ("Accessibility", "Model access"), ("open_weights", "open_to_public", "commercial_use")
)
OPEN_WEIGHTS = Column("Open model weights?", ("Open model weights", "Open weights"), ("open_weights",))
TRAINING_CODE = Column("Training code accessibility", ("Code accessibility",), ("open_code",))
INFERENCE_CODE = Column("Inference code accessibility", (), ("open_code",))
ACCESS_NOTES = Column("Accessibility notes", (), ("licence",))
BASE = Column("Base model", ("Base models",), ("based_on",))
DOMAIN = Column("Domain", ("Domains",), ("task_category",))
TASK = Column("Task", ("Tasks",), ("task_category",))
COUNTRY = Column(
    "Country (of organization)",
    ("Country (from Organization)", "Country (of organizations)", "Country"),
    ("located_in",),
)
PRICES = Column("API prices", ("API price",), ("price",))
CONFIDENCE = Column("Confidence")
MODIFIED = Column("Last modified")

# Free words beside the values: carried as notes, and read for figures of these properties.
NOTES = (
    Column("Parameters notes", ("Parameter notes",), ("parameters", "parameters_active")),
    Column("Training compute notes", ("Compute notes",), ("training_compute", "parameters_active", "accelerators")),
    Column("Training dataset notes", ("Dataset notes",), ("training_data",)),
    Column("Dataset size notes", ("Training dataset size notes",), ("training_data",)),
    Column("Training time notes", (), ("duration", "accelerators")),
    Column("Compute cost notes", ("Training compute cost notes",), ("training_cost",)),
)
# Whose notes a value carries.
NOTES_OF = {
    PARAMETERS.name: "Parameters notes",
    COMPUTE.name: "Training compute notes",
    DATA_SIZE.name: "Dataset size notes",
    TIME.name: "Training time notes",
    COST.name: "Compute cost notes",
    ACCESS.name: "Accessibility notes",
}
# What Epoch's confidence is said of: the most uncertain of these three, epoch.ai/data/ai-models-documentation.
CONFIDENT_OF = frozenset({PARAMETERS.name, COMPUTE.name, DATA_SIZE.name})

COLUMNS = (
    NAME, DATE, ORGANIZATION, PARAMETERS, COMPUTE, COMPUTE_LOW, COMPUTE_HIGH, DATA_SIZE, COST, COST_CLOUD,
    COST_UPFRONT, TIME, HARDWARE, QUANTITY, POWER, ACCESS, OPEN_WEIGHTS, TRAINING_CODE, INFERENCE_CODE,
    ACCESS_NOTES, BASE, DOMAIN, TASK, COUNTRY, PRICES, CONFIDENCE, MODIFIED, *NOTES,
)  # fmt: skip
