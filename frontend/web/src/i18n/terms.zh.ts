import type { terms as english } from "./terms.en";

export const terms: typeof english = {
  CustomerKind: { PERSON: "个人", ORGANISATION: "对公" },
  CustomerState: { PROSPECT: "潜在客户", ACTIVE: "正常", DEREGISTERED: "已注销" },
  Sex: { MALE: "男", FEMALE: "女" },
  Role: {
    administrator: "系统管理员",
    auditor: "审计员",
    branch_manager: "网点负责人",
    data_steward: "数据管理员",
    field_manager: "外拓客户经理",
    head_office_analyst: "总行分析员",
    integrator: "系统集成",
    regional_manager: "区域负责人",
    relationship_manager: "客户经理",
    security_officer: "安全管理员",
    service_agent: "客服坐席",
    teller: "柜员",
  },
};
