import { Popover } from "antd";
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";

export interface MenuItem {
  key: string;
  label: string;
  icon?: ReactNode;
  /** Of choices: whether it is the one that holds. */
  isChosen?: boolean;
  onSelect(): void;
}

/** A button with a menu below it: arrows walk, Enter takes, Escape leaves. */
export function PopMenu(props: { label: string; head?: ReactNode; items: readonly MenuItem[]; children: ReactElement }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      styles={{ container: { padding: 4 } }}
      destroyOnHidden
      content={<Items {...props} onClose={() => setOpen(false)} />}
    >
      {props.children}
    </Popover>
  );
}

function Items(props: { label: string; head?: ReactNode; items: readonly MenuItem[]; onClose(): void }) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  const buttons = () => Array.from(list.current?.querySelectorAll("button") ?? []);

  useEffect(() => {
    // Only once it has found its place: before, focusing would scroll there.
    const frame = requestAnimationFrame(() => buttons()[0]?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);

  function leave() {
    props.onClose();
    if (before.current instanceof HTMLElement) before.current.focus();
  }

  function press(event: KeyboardEvent) {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const next = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all[next]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      leave();
    }
  }

  return (
    <>
      {props.head && <div className="pop-menu__head">{props.head}</div>}
      <div ref={list} role="menu" tabIndex={-1} aria-label={props.label} className="pop-menu" onKeyDown={press}>
        {props.items.map(({ key, icon, label, isChosen, onSelect }) => (
          <button
            key={key}
            type="button"
            role={isChosen === undefined ? "menuitem" : "menuitemradio"}
            aria-checked={isChosen}
            className="pop-menu__item"
            onClick={() => {
              leave();
              onSelect();
            }}
          >
            {icon}
            {label}
          </button>
        ))}
      </div>
    </>
  );
}
