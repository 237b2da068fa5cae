import { Button } from "antd";
import type { AnyVariables } from "urql";
import { type CommandOfForm, useCommandForm } from "./useCommandForm";

/** A command in its place on the page: its fields and a button. Empty again when it is done; Ctrl+Enter sends it. */
export function CommandBox<Data extends Record<string, unknown>, Variables extends AnyVariables, Values extends object>(
  props: CommandOfForm<Data, Variables, Values> & { submit: string },
) {
  const { name, running, body } = useCommandForm(props, { done: () => undefined });
  return (
    <div className="command-box">
      {body}
      <Button type="primary" htmlType="submit" form={name} loading={running}>
        {props.submit}
      </Button>
    </div>
  );
}
