import { Button, type ButtonProps } from "antd";
import { type ReactNode, Suspense, useState } from "react";

/** Opens a form, which may be one that is only fetched then. */
export function FormButton({ renderForm, ...button }: ButtonProps & { renderForm(close: () => void): ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)} />
      {isOpen && <Suspense fallback={null}>{renderForm(() => setOpen(false))}</Suspense>}
    </>
  );
}
