import { Drawer } from "antd";
import { type ReactNode, useState } from "react";
import type { Shown } from "./useShown";

/** One row in full, beside the list that it stands in. Which one stands in the address. */
export function DetailDrawer(props: { shown: Shown; title: string; children(id: string): ReactNode }) {
  const { shown, title } = props;
  // What it showed stays while it slides away.
  const [id, setId] = useState(shown.id);
  if (shown.id && shown.id !== id) setId(shown.id);
  return (
    <Drawer
      open={Boolean(shown.id)}
      title={title}
      size={640}
      rootClassName="detail-drawer"
      destroyOnHidden
      push={false}
      onClose={shown.close}
    >
      {id && props.children(id)}
    </Drawer>
  );
}
