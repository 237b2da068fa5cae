import en from "antd/es/locale/en_GB";
import { accessLog } from "@/features/access-log/messages.en";
import { account } from "@/features/account/messages.en";
import { alert } from "@/features/alert/messages.en";
import { contactPoint } from "@/features/contact-point/messages.en";
import { customer } from "@/features/customer/messages.en";
import { home } from "@/features/home/messages.en";
import { household } from "@/features/household/messages.en";
import { relation } from "@/features/relation/messages.en";
import { interaction } from "@/features/interaction/messages.en";
import { reveal } from "@/features/reveal/messages.en";
import { search } from "@/features/search/messages.en";
import { shell } from "@/features/shell/messages.en";
import { signIn } from "@/features/sign-in/messages.en";
import { task } from "@/features/task/messages.en";
import { ticket } from "@/features/ticket/messages.en";
import { transaction } from "@/features/transaction/messages.en";
import { ui } from "@/ui/messages.en";
import { terms } from "./terms.en";

export const locale = en;
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
