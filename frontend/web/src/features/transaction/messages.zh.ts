import type { transaction as english } from "./messages.en";

export const transaction: typeof english = {
  title: "交易明细",
  none: "该区间内没有交易",
  noneFiltered: "没有符合筛选条件的交易",
  bookedOn: "记账日期",
  what: "摘要",
  amount: "金额",
  after: "交易后余额",
  counterparty: "对方账户",
  account: "账户",
  direction: "收支",
  purpose: "用途",
  period: "区间",
  months: "近 {{months}} 个月",
  everything: "全部时间",
  chart: {
    title: "每月收支",
    hide: "收起",
    show: "展开",
    currency: "币种",
    month: "月份",
    label: "{{from}} 至 {{to}} 每月收支（{{currency}}）",
  },
};
