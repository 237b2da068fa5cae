"""What a pipeline would have worked out of the sample bank: models, runs one after the other, and what they came to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.run import service
from domain.run.model import RunKind
from domain.run.service import NewRun

AS_OF, NOW = date(2026, 10, 31), datetime(2026, 10, 31, 20, tzinfo=UTC)

MODELS = """
    INSERT INTO ketu.model_version (name, release, predicts, product_id, state, algorithm, data_from_on, data_until_on,
        tested_until_on, row_count, features, auc_ratio, calibration_error_ratio, metrics, trained_at, trained_by_id,
        approved_by_id, approved_at)
    VALUES ('churn', '2026.09', 'CHURN', NULL, 'CHAMPION', 'gradient boosting', '2024-01-01', '2026-06-30',
            '2026-09-30', 40000, '{balanceTrend,loginsPerMonth}', 0.81, 0.012, '{"lift": 3.4}', '2026-10-01 09:00Z',
            1, 19, '2026-10-03 09:00Z'),
           ('propensity-wealth', '2026.10', 'PROPENSITY', 5, 'CANDIDATE', 'scorecard', '2025-01-01', '2026-06-30',
            '2026-09-30', 20000, '{aum,age}', 0.74, NULL, '{}', '2026-10-20 09:00Z', NULL, NULL, NULL)
"""
MEMBERS = """
    INSERT INTO ketu.segment_membership (run_id, segment_id, customer_id, since_on, fit_ratio)
    SELECT $1::bigint, 1 + id % 4, id, $2, CASE WHEN id % 4 = 2 THEN 0.5 END FROM ketu.customer WHERE id % 3 = $3
"""
SCORES = """
    INSERT INTO ketu.score (run_id, customer_id, predicts, product_id, value, percentile_ratio, reasons, position)
    SELECT $1::bigint, id, 'CHURN', NULL::bigint, (id * 7 % 40) / 40.0, (id * 7 % 40) / 40.0, ARRAY['余额连续下降'],
           position
    FROM ketu.customer WHERE id % 2 = $2
    UNION ALL
    SELECT $1::bigint, id, 'PROPENSITY', 5, (id * 11 % 40) / 40.0, 0.5, '{}', position
    FROM ketu.customer WHERE id % 4 = $2
"""
ADVICE = """
    INSERT INTO ketu.recommendation (run_id, customer_id, kind, product_id, rank, action, reasons, expires_on)
    SELECT $1::bigint, id, 'OFFER', 5, 1, '推荐稳健理财', ARRAY['定期即将到期'], '2026-11-30'::date FROM ketu.customer
    WHERE id % 3 = 0
    UNION ALL
    SELECT $1::bigint, id, 'CARE', NULL, 2, '电话关怀', '{}', NULL FROM ketu.customer WHERE id % 6 = 0
"""
TIERS = """
    INSERT INTO ketu.customer_tier (customer_id, tier_id, change, starts_on, ends_on, reason, run_id)
    SELECT id, 1, 'FIRST', '2025-01-31'::date, CASE WHEN id % 2 = 0 THEN '2026-09-30'::date END, NULL, NULL::bigint
    FROM ketu.customer WHERE id % 3 > 0
    UNION ALL
    SELECT id, 2, 'UPGRADE', '2026-09-30', NULL, '月日均 AUM 达到十万元', $1::bigint FROM ketu.customer
    WHERE id % 3 > 0 AND id % 2 = 0
"""


async def compute(connection: Any) -> None:
    """Each topic has a run that is published, one that was before, and of segments one that is under way."""
    await connection.execute(MODELS)
    for day, rest in ((AS_OF - timedelta(days=1), 0), (AS_OF, 1), (AS_OF + timedelta(days=1), 2)):
        run = await _begun(connection, RunKind.SEGMENTATION, "segments", day)
        await connection.execute(MEMBERS, run, day, rest)
        if day <= AS_OF:
            await service.publish(connection, run, now=NOW)
    for rest in (1, 0):
        run = await _begun(connection, RunKind.SCORING, "CHURN", AS_OF, model_version_id=1)
        await connection.execute(SCORES, run, rest)
        await service.publish(connection, run, now=NOW)
    run = await _begun(connection, RunKind.RECOMMENDATION, "next best product", AS_OF)
    await connection.execute(ADVICE, run)
    await service.publish(connection, run, now=NOW)
    # In the place of those that a source of the sample has told of.
    await connection.execute("TRUNCATE ketu.customer_tier RESTART IDENTITY")
    run = await _begun(connection, RunKind.TIERING, "tiers", AS_OF)
    await connection.execute(TIERS, run)
    await service.publish(connection, run, now=NOW)
    failed = await _begun(connection, RunKind.SCORING, "VALUE", AS_OF, model_version_id=2)
    await service.fail(connection, failed, failure="No balances were delivered.")


async def _begun(connection: Any, kind: RunKind, topic: str, day: date, *, model_version_id: int | None = None) -> int:
    return await service.begin(connection, NewRun(kind, topic, day, model_version_id), now=NOW)
