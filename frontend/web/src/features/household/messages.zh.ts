import type { household as english } from "./messages.en";

export const household: typeof english = {
  title: "家庭成员",
  member: "成员",
  members: "可见成员",
  role: "家庭角色",
  age: "年龄",
  share: "AUM 占比",
  aum: "家庭 AUM",
  aumNote: "共同账户只计一次",
  accounts: "账户数",
  loans: "在贷笔数",
  tickets: "未结工单",
  why: "家庭识别依据",
  evidence: "依据",
  confidence: "置信度",
  comma: "、",
  none: "该客户未归入任何家庭",
  noneDetail: "家庭由客户关系、共用账户和住址识别得出。",
};
