import { ConfigProvider, theme as antdTheme } from "antd";
import type { Locale } from "antd/es/locale";
import { type ReactNode, useMemo } from "react";
import { ThemeContext, useThemeState } from "./appearance";
import { MessageProvider } from "@/ui/useMessage";
import { useMotion } from "./motion";

const FONT =
  "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** The nonce by which the policy of the page lets antd write its style sheets. */
const nonce = document.querySelector<HTMLElement>("meta[property=csp-nonce]")?.nonce ?? "";

/** Appearance and language of every component below. */
export function Theming(props: { locale: Locale; children: ReactNode }) {
  const theme = useThemeState();
  const { appearance, palette } = theme;
  const motion = useMotion();
  const config = useMemo(
    () => ({
      algorithm: appearance === "dark" ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
      token: {
        colorPrimary: palette.primary,
        colorInfo: palette.info,
        colorSuccess: palette.success,
        colorWarning: palette.warning,
        colorError: palette.danger,
        colorLink: palette.primary,
        colorText: palette.text,
        colorTextSecondary: palette.muted,
        colorTextDescription: palette.muted,
        colorTextPlaceholder: palette.muted,
        colorBgLayout: palette.background,
        colorBgContainer: palette.surface,
        colorBgElevated: palette.surface,
        colorBorder: palette.border,
        colorBorderSecondary: palette.border,
        colorTextLightSolid: appearance === "dark" ? "#08110f" : "#ffffff",
        borderRadius: 6,
        fontSize: 14,
        fontFamily: FONT,
        motion,
        motionDurationMid: "0.12s",
        motionDurationSlow: "0.16s",
      },
      // Its ground is dark in both appearances.
      components: { Tooltip: { colorTextLightSolid: "#ffffff" } },
    }),
    [appearance, palette, motion],
  );
  return (
    <ThemeContext value={theme}>
      <ConfigProvider
        csp={{ nonce }}
        getPopupContainer={layers}
        locale={props.locale}
        theme={config}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
      >
        <MessageProvider>{props.children}</MessageProvider>
      </ConfigProvider>
    </ThemeContext>
  );
}

/**
 * Where menus, drawers and dialogs are. In the body itself each would keep it from scrolling, which it never does, by a
 * style sheet without a nonce.
 */
function layers(): HTMLElement {
  const { fullscreenElement } = document;
  // Where one element fills the screen, what stands beside it is not seen.
  if (fullscreenElement instanceof HTMLElement) return fullscreenElement;
  return document.getElementById("layers") ?? document.body;
}
