import type { reveal as english } from "./messages.en";

export const reveal: Omit<typeof english, "shown_one"> = {
  show: "查看明文",
  title: "查看 {{masked}} 的明文",
  notice: "明文显示一分钟后自动隐藏。每次查看均连同以下填写内容记入访问日志，并计入当日查看次数。",
  reason: "用途",
  reference: "事由",
  referenceHelp: "填写工单或任务编号，或简要说明。请勿填写客户姓名、号码等信息。",
  notReached: "您的角色不可查看该客户的此项明文。",
  shown_other: "明文显示一分钟，今日还可查看 {{count}} 次。",
  hide: "隐藏",
  hiddenIn: "{{seconds}} 秒后隐藏",
};
