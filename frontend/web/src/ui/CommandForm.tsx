import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnyVariables } from "urql";
import { type CommandOfForm, useCommandForm } from "./useCommandForm";

/** A command in a drawer. Mounted when it is wanted; `onClose` when it has gone. Ctrl+Enter sends it. */
export function CommandForm<Data extends Record<string, unknown>, Variables extends AnyVariables, Values extends object>(
  props: CommandOfForm<Data, Variables, Values> & {
    title: string;
    /** The word on the button; "Save" unless said. */
    submit?: string;
    /** What it does cannot be taken back. */
    danger?: boolean;
    onClose(): void;
  },
) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const { name, running, isBegun, body } = useCommandForm(props, { done: () => setOpen(false) });
  return (
    <Drawer
      open={open}
      title={props.title}
      size={480}
      rootClassName="command-form"
      // What was begun is lost by a button that says so, and not by a click beside the drawer.
      mask={{ closable: !isBegun }}
      keyboard={!isBegun}
      onClose={() => setOpen(false)}
      afterOpenChange={(isOpen) => (isOpen ? focusFirst(name) : props.onClose())}
      footer={
        <div className="command-form__foot">
          <span className="muted command-form__key">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </span>
          <Button onClick={() => setOpen(false)}>{t("ui.cancel")}</Button>
          <Button type="primary" danger={props.danger ?? false} htmlType="submit" form={name} loading={running}>
            {props.submit ?? t("ui.save")}
          </Button>
        </div>
      }
    >
      {body}
    </Drawer>
  );
}

/** Where the reader is not typing already: the drawer is there for a moment before it has come to rest. */
function focusFirst(name: string) {
  const form = document.forms.namedItem(name);
  if (!form || form.contains(document.activeElement)) return;
  form.querySelector<HTMLElement>("input:enabled, textarea:enabled")?.focus();
}
