import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { SearchBox } from "./SearchBox";

export default function SearchDialog(props: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={640}
      style={{ top: 48 }}
      className="search-dialog"
      title={t("search.label")}
      styles={{ header: { display: "none" } }}
    >
      <SearchBox onDone={props.onClose} />
    </Modal>
  );
}
