import zhCN from "antd/es/locale/zh_CN";
import { accessLog } from "@/features/access-log/messages.zh";
import { account } from "@/features/account/messages.zh";
import { alert } from "@/features/alert/messages.zh";
import { contactPoint } from "@/features/contact-point/messages.zh";
import { customer } from "@/features/customer/messages.zh";
import { home } from "@/features/home/messages.zh";
import { household } from "@/features/household/messages.zh";
import { relation } from "@/features/relation/messages.zh";
import { interaction } from "@/features/interaction/messages.zh";
import { reveal } from "@/features/reveal/messages.zh";
import { search } from "@/features/search/messages.zh";
import { shell } from "@/features/shell/messages.zh";
import { signIn } from "@/features/sign-in/messages.zh";
import { task } from "@/features/task/messages.zh";
import { ticket } from "@/features/ticket/messages.zh";
import { transaction } from "@/features/transaction/messages.zh";
import { ui } from "@/ui/messages.zh";
import { terms } from "./terms.zh";

export const locale = zhCN;
export const messages = {
  terms,
  ui,
  shell,
  signIn,
  search,
  home,
  customer,
  account,
  transaction,
  relation,
  household,
  contactPoint,
  interaction,
  task,
  ticket,
  alert,
  accessLog,
  reveal,
};
