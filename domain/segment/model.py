"""Words of segments."""

from enum import StrEnum


class SegmentKind(StrEnum):
    """How it is decided who is in one."""

    RULE = "by a rule over what is known of them (规则)"
    CLUSTER = "by whom they are like (聚类)"
    MANUAL = "by hand (手工名单)"
    IMPORT = "by a list from elsewhere (导入名单)"


class SegmentState(StrEnum):
    """Whether one is in use."""

    DRAFT = "being defined (草稿)"
    ACTIVE = "in use (启用)"
    RETIRED = "used no more (停用)"
