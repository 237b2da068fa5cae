import { LeftOutlined } from "@ant-design/icons";
import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { NoPermissionPage } from "@/ui/NoPermissionPage";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded, Loading, NoPermission } from "@/ui/states";
import { UrlTabs } from "@/ui/UrlTabs";
import { CustomerHeader } from "./CustomerHeader";
import { CustomerOverview } from "./CustomerOverview";
import { listAddress } from "./listAddress";
import { useCustomerChanges } from "./useCustomerChanges";
import "./customer.css";

const CustomerQuery = graphql(`
  query Customer($id: ID!) {
    customer(id: $id) {
      id
      customerNo
      displayName
      ...CustomerHeader
      ...CustomerOverview
    }
  }
`);

type Tab = "overview" | "accounts" | "transactions" | "relations" | "household" | "tickets" | "tasks" | "interactions" | "access";

/** Each heavy part is a file and a document of its own, asked for when somebody looks at it. */
const PARTS: readonly { tab: Exclude<Tab, "overview">; permission: string; part: ComponentType<{ customerId: string }> }[] = [
  {
    tab: "accounts",
    permission: "account:read",
    part: lazy(async () => ({ default: (await import("@/features/account")).AccountsTab })),
  },
  {
    tab: "transactions",
    permission: "transaction:read",
    part: lazy(async () => ({ default: (await import("@/features/transaction")).TransactionsTab })),
  },
  {
    tab: "relations",
    permission: "relation:read",
    part: lazy(async () => ({ default: (await import("@/features/relation")).RelationsTab })),
  },
  {
    tab: "household",
    permission: "household:read",
    part: lazy(async () => ({ default: (await import("@/features/household")).HouseholdTab })),
  },
  {
    tab: "tickets",
    permission: "ticket:read",
    part: lazy(async () => ({ default: (await import("@/features/ticket")).CustomerTicketsTab })),
  },
  {
    tab: "tasks",
    permission: "task:read",
    part: lazy(async () => ({ default: (await import("@/features/task")).CustomerTasksTab })),
  },
  {
    tab: "interactions",
    permission: "interaction:read",
    part: lazy(async () => ({ default: (await import("@/features/interaction")).InteractionsTab })),
  },
  {
    tab: "access",
    permission: "access_log:read",
    part: lazy(async () => ({ default: (await import("@/features/access-log")).AccessLogTab })),
  },
];

/** One customer from every side (客户全景). */
export function CustomerPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const mayRead = usePermission("customer:read") !== null;
  const page = usePage(CustomerQuery, { id }, { pause: !mayRead });
  useCustomerChanges(id, { pause: !mayRead });
  if (!mayRead) return <NoPermissionPage title={t("customer.list.title")} />;
  // The browser keeps the titles of pages after the reader has signed out: a number is nobody's name.
  const shown = page.data?.customer;
  const title = shown ? t("customer.customerNo", { number: shown.customerNo }) : t("customer.list.title");
  return (
    <Page title={title} hideTitle>
      <Loaded page={page} lines={12}>
        {({ customer }) =>
          customer ? (
            <>
              <BackToList />
              <CustomerHeader customer={customer} refreshing={page.refreshing} />
              <UrlTabs
                label={customer.displayName}
                tabs={[
                  {
                    key: "overview",
                    label: t("customer.tabs.overview"),
                    render: () => <CustomerOverview customer={customer} reload={page.reload} />,
                  },
                  ...PARTS.map(({ tab, permission, part: Part }) => ({
                    key: tab,
                    label: t(`customer.tabs.${tab}`),
                    render: () => (
                      <Permitted permission={permission} what={t(`customer.tabs.${tab}`)}>
                        <Suspense
                          fallback={
                            <Panel>
                              <Loading lines={8} />
                            </Panel>
                          }
                        >
                          <Part customerId={customer.id} />
                        </Suspense>
                      </Permitted>
                    ),
                  })),
                ]}
              />
            </>
          ) : (
            <Panel>
              <Empty title={t("customer.absent")} detail={t("customer.absentDetail")}>
                <BackToList />
              </Empty>
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}

function BackToList() {
  const { t } = useTranslation();
  return (
    <Link className="customer-back" to={listAddress()}>
      <LeftOutlined aria-hidden /> {t("customer.backToList")}
    </Link>
  );
}

function Permitted(props: { permission: string; what: string; children: React.ReactNode }) {
  if (usePermission(props.permission)) return props.children;
  return (
    <Panel>
      <NoPermission what={props.what} />
    </Panel>
  );
}
