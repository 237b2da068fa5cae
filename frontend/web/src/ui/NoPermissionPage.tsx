import { Page } from "./Page";
import { Panel } from "./Panel";
import { NoPermission } from "./states";

/** In the place of a page that the reader may not see. */
export function NoPermissionPage(props: { title: string }) {
  return (
    <Page title={props.title}>
      <Panel>
        <NoPermission what={props.title} />
      </Panel>
    </Page>
  );
}
