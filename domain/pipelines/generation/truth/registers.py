"""The register of sources that the bank draws from, and those that it must not."""

from dataclasses import dataclass

from domain.source.model import DeliveryRhythm, LegalBasis, SourceKind, SourceQuality

DAILY, LIVE = DeliveryRhythm.DAILY, DeliveryRhythm.LIVE
CONTRACT, CONSENT = LegalBasis.CONTRACT, LegalBasis.CONSENT
HIGH, MEDIUM, LOW = SourceQuality.HIGH, SourceQuality.MEDIUM, SourceQuality.LOW


@dataclass(frozen=True, slots=True)
class Source:
    """An entry; `prohibited_because` is None for those that may be used."""

    code: str
    name: str
    kind: SourceKind
    rhythm: DeliveryRhythm
    owner: str
    legal_basis: LegalBasis
    quality: SourceQuality
    prohibited_because: str | None = None


SOURCES = (
    Source("generated", "生成的示例银行", SourceKind.SAMPLE, DeliveryRhythm.ONCE, "数据管理部", CONTRACT, HIGH),
    Source("core", "核心存款系统", SourceKind.CORE_BANKING, DAILY, "运营管理部", CONTRACT, HIGH),
    Source("cards", "银行卡系统", SourceKind.CARDS, DAILY, "银行卡部", CONTRACT, HIGH),
    Source("loans", "信贷管理系统", SourceKind.LOANS, DAILY, "信贷管理部", CONTRACT, MEDIUM),
    Source("funds", "基金代销系统", SourceKind.SECURITIES_AGENCY, DAILY, "财富管理部", CONSENT, MEDIUM),
    Source("insurance", "保险代理系统", SourceKind.INSURANCE_AGENCY, DAILY, "财富管理部", CONSENT, MEDIUM),
    Source("payments", "代收代付平台", SourceKind.PAYMENTS, DAILY, "运营管理部", CONTRACT, HIGH),
    Source("call-centre", "客服中心", SourceKind.CALL_CENTRE, LIVE, "客户服务部", CONTRACT, MEDIUM),
    Source("e-bank", "手机银行", SourceKind.E_BANKING, LIVE, "网络金融部", CONTRACT, HIGH),
    Source("hr", "人力资源系统", SourceKind.HR, DAILY, "人力资源部", LegalBasis.HR_MANAGEMENT, HIGH),
    Source(
        "credit-list", "失信被执行人名单", SourceKind.EXTERNAL_LIST, DeliveryRhythm.MONTHLY, "风险管理部",
        LegalBasis.PUBLIC, LOW,
    ),
    Source(
        "bought-list", "外购电销名单", SourceKind.EXTERNAL_LIST, DeliveryRhythm.ONCE, "零售业务部", LegalBasis.NONE,
        SourceQuality.UNKNOWN, "来源无法说明，客户未曾同意。",
    ),
)  # fmt: skip
"""The first is what rows of a generated bank say they come from."""
