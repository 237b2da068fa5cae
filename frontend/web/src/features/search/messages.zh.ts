import type { search as english } from "./messages.en";

export const search: typeof english = {
  label: "搜索",
  placeholder: "姓名、拼音、首字母、客户号、手机号、证件号、账号……",
  short: "搜索客户、账户、工单",
  hint: "输入姓名、拼音或首字母，或完整的客户号、手机号、证件号、账号。",
  none: "在您的数据范围内没有找到",
  noneDetail: "请检查输入；证件号、手机号、账号需输入完整号码。",
  more: "结果较多，请再多输入一些",
  results: "搜索结果",
  moving: "选择",
  opening: "打开",
  closing: "关闭",
  kind: { Account: "账户", Card: "银行卡", Ticket: "工单", Household: "家庭" },
};
