"""Where the fields of models live. The register is open to whoever may read it."""

from authz.permissions import Permission
from domain.model_version.tables import model_version
from domain.product.tables import product
from domain.run.tables import run
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(model_version, reads=(Permission.MODEL_VERSION_READ,), visible=for_everyone)

product = reference(product, via="product_id", groups=True, orders_by=("name",))
trained_by = reference(staff, via="trained_by_id", orders_by=("name",))
approved_by = reference(staff, via="approved_by_id", orders_by=("name",))
runs = connection(run, lambda model, run: run.c.model_version_id == model.c.id, order=newest_first("started_at"))

all_model_versions = connection(model_version, order=newest_first("trained_at"))
