"""Where the fields of runs live. That there was one is known to everybody who sees what it came to."""

from authz.permissions import Permission
from domain.model_version.tables import model_version
from domain.recommendation.tables import recommendation
from domain.run.tables import run
from domain.score.tables import score
from domain.segment.tables import segment_membership
from domain.tier.tables import customer_tier
from resolvers.engine.edges import Rows, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(run, reads=(Permission.RUN_READ,), visible=for_everyone)

model_version = reference(model_version, via="model_version_id", groups=True, orders_by=("name",))
segment_memberships = connection(
    segment_membership, lambda run, member: member.c.run_id == run.c.id, order=newest_first("since_on")
)
scores = connection(score, lambda run, score: score.c.run_id == run.c.id, order=newest_first("value"))
recommendations = connection(
    recommendation, lambda run, recommendation: recommendation.c.run_id == run.c.id, order=oldest_first("rank")
)
customer_tiers = connection(
    customer_tier, lambda run, given: given.c.run_id == run.c.id, order=newest_first("starts_on")
)

all_runs = connection(run, order=newest_first("started_at"))
