import type { interaction as english } from "./messages.en";

export const interaction: typeof english = {
  title: "接触记录",
  none: "暂无与该客户的接触记录",
  machine: "系统自动",
  log: "登记接触",
  logged: "接触记录已保存。",
  channel: "渠道",
  direction: "发起方",
  subject: "主题",
  outcome: "结果",
  note: "沟通内容",
  happenedAt: "开始时间",
  nowUnlessSaid: "不填则为当前时间。",
  minutes: "时长（分钟）",
  notYet: "接触时间不能晚于当前时间；计划中的接触请新建任务。",
};
