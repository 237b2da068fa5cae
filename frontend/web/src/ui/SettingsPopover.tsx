import { Button, Popover } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

/** A button with a few choices below it, as boxes and buttons: the focus goes there and, by Escape, back. */
export function SettingsPopover(props: { title: string; icon: ReactNode; iconOnly?: boolean; children: ReactNode }) {
  const { title, icon } = props;
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  function leave() {
    setOpen(false);
    opener.current?.focus();
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={title}
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <Choices title={title} onLeave={leave}>
          {props.children}
        </Choices>
      }
    >
      <Button
        ref={opener}
        type={props.iconOnly ? "text" : "default"}
        icon={icon}
        aria-label={title}
        aria-haspopup="dialog"
        aria-expanded={open}
      >
        {!props.iconOnly && title}
      </Button>
    </Popover>
  );
}

function Choices(props: { title: string; onLeave(): void; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Only once it has found its place: before, focusing would scroll there.
    const soon = requestAnimationFrame(() => frame.current?.querySelector("input")?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(soon);
  }, []);
  function press(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    props.onLeave();
  }
  return (
    // Keys pressed on its controls come up to here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={frame} role="dialog" aria-label={props.title} onKeyDown={press}>
      {props.children}
    </div>
  );
}
