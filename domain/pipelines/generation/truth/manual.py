"""The knowledge base: what agents and tellers read up, edition after edition."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.knowledge_article.model import KnowledgeCategory, KnowledgeState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.moments import at
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import Product
from domain.staff.model import StaffPost, StaffState

PRODUCT, PROCEDURE, REGULATION, ANSWER, SCRIPT = KnowledgeCategory
ARTICLES: tuple[tuple[str, str, KnowledgeCategory, Product | None, tuple[str, ...]], ...] = (
    ("定期存款利率与自动转存", "定期 利率 转存", PRODUCT, products.TERMS[2], (
        "到期未取的存款按到期日挂牌利率自动转存。", "到期未取的存款按到期日挂牌利率自动转存，大额存单除外。",
    )),
    ("大额存单的起点与转让", "大额存单 转让", PRODUCT, products.TERMS[5], ("二十万元起存，可在手机银行转让。",)),
    ("日日盈现金管理赎回规则", "理财 赎回", PRODUCT, products.CASH_POT, (
        "工作日十五点前赎回当日到账。", "单日快速赎回限额一万元，其余次日到账。",
    )),
    ("稳健理财的风险等级与持有期", "理财 风险 持有期", PRODUCT, products.STEADY_POT, (
        "风险等级 R2，最短持有期三十天。",
    )),
    ("个人养老金账户与税收抵扣", "养老金 税", PRODUCT, products.PENSION, ("每年缴存上限一万二千元，可在个税中抵扣。",)),
    ("基金定投常见问题", "基金 定投", ANSWER, products.FUNDS[2], ("可随时暂停；扣款失败三次自动终止。",)),
    ("百万医疗保险理赔材料", "保险 理赔", PROCEDURE, products.MEDICAL, ("住院发票、病历、费用清单原件。",)),
    ("住房贷款提前还款", "房贷 提前还款", PROCEDURE, products.MORTGAGE, ("提前十五日预约，一年内一次免违约金。",)),
    ("消费贷款的用途限制", "消费贷 用途", REGULATION, products.CONSUMER, ("不得用于购房、投资与他人使用。",)),
    ("银行卡挂失补卡流程", "挂失 补卡", PROCEDURE, products.DEBIT, ("先电话挂失，再持本人证件到任一网点补卡。",)),
    ("个人账户实名制要求", "实名 开户", REGULATION, None, ("开户须联网核查居民身份证。",)),
    ("外籍人士开户需要哪些证件", "外籍 开户", ANSWER, None, ("护照与有效签证；在华工作的另需工作许可。",)),
    ("账户冻结与解冻", "冻结 解冻", PROCEDURE, None, ("有权机关冻结的，由原机关解冻；自助冻结凭证件解除。",)),
    ("转账限额怎样调整", "限额 手机银行", ANSWER, None, ("手机银行“安全中心”可自行下调，上调需到网点。",)),
    ("大额取款的反诈提示", "反诈 取款", SCRIPT, None, ("您好，请问这笔钱的用途是什么？是否有人要求您保密？",)),
    ("投诉安抚话术", "投诉 话术", SCRIPT, None, ("非常抱歉给您带来不便，我来帮您核实并跟进到底。",)),
)  # fmt: skip
DRAFT = ("数字人民币钱包开立", "数字人民币", ANSWER, "凭手机号即可开立，限额随等级升高。")
OLD = ("存折业务办理", "存折", PROCEDURE, products.PASSBOOK, "存折已停售，存量客户可换卡。")


@dataclass(frozen=True, slots=True)
class Article:
    """An edition of an article. Places in the staff; instants; `previous` is a place among the articles."""

    number: str
    edition: int
    title: str
    text: str
    keywords: str
    category: KnowledgeCategory
    state: KnowledgeState
    product: Product | None
    previous: int
    written_by: int
    published_at: int
    published_by: int
    retired_at: int = NOTHING


def articles(plan: Plan, bank: Organisation) -> list[Article]:
    """All editions of the bank, each after the one before."""
    agent, steward = _one(bank, StaffPost.SERVICE_AGENT), _one(bank, StaffPost.DATA_STEWARD)
    last = plan.history.last
    return list(_all(agent, steward, last))


def _all(agent: int, steward: int, last: int) -> Iterator[Article]:
    place = 0
    for turn, (title, keywords, category, product, texts) in enumerate(ARTICLES):
        for edition, text in enumerate(texts, start=1):
            is_last = edition == len(texts)
            state = KnowledgeState.PUBLISHED if is_last else KnowledgeState.SUPERSEDED
            day = last - 60 - 23 * turn - 200 * (len(texts) - edition)
            yield Article(
                f"K{turn + 1:06d}", edition, title, text, keywords, category, state, product,
                NOTHING if edition == 1 else place - 1, agent, _at(day), steward,
            )  # fmt: skip
            place += 1
    number = len(ARTICLES)
    title, keywords, category, text = DRAFT
    yield Article(
        f"K{number + 1:06d}", 1, title, text, keywords, category, KnowledgeState.DRAFT, None, NOTHING, agent,
        NOTHING, NOTHING,
    )  # fmt: skip
    title, keywords, category, product, text = OLD
    yield Article(
        f"K{number + 2:06d}", 1, title, text, keywords, category, KnowledgeState.RETIRED, product, NOTHING, agent,
        _at(last - 900), steward, retired_at=_at(last - 120),
    )  # fmt: skip


def _at(day: int) -> int:
    return int(at(np.array([day]), 10)[0])


def _one(bank: Organisation, post: StaffPost) -> int:
    return next(
        place
        for place, member in enumerate(bank.staff)
        if member.office == 0 and member.post is post and member.state is StaffState.ACTIVE
    )
