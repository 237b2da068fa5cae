import { message } from "antd";
import { createContext, type ReactNode, use } from "react";

type Messages = ReturnType<typeof message.useMessage>[0];

const MessageContext = createContext<Messages | null>(null);

/** Where short words on what was done appear, at the top of the page. */
export function MessageProvider(props: { children: ReactNode }) {
  const [messages, place] = message.useMessage({ maxCount: 3 });
  return (
    <MessageContext value={messages}>
      {place}
      {props.children}
    </MessageContext>
  );
}

export function useMessage(): Messages {
  const messages = use(MessageContext);
  if (!messages) throw new Error("useMessage is for what is below <MessageProvider>");
  return messages;
}
