/** The colours of both appearances, from which antd's tokens and the page's own variables are made. */
export interface Palette {
  primary: string;
  background: string;
  surface: string;
  raised: string;
  text: string;
  muted: string;
  border: string;
  hover: string;
  success: string;
  warning: string;
  danger: string;
  info: string;
  /** What is rare, and good. */
  precious: string;
  /** Of series in charts, in this order; each is told apart from its neighbours by brightness too. */
  series: readonly string[];
}

export type Appearance = "light" | "dark";

export const palettes: Record<Appearance, Palette> = {
  light: {
    primary: "#0f6b66",
    background: "#f4f6f8",
    surface: "#ffffff",
    raised: "#fafbfc",
    text: "#18212c",
    muted: "#566272",
    border: "#e1e6ec",
    hover: "#f0f5f5",
    success: "#1e7d3c",
    warning: "#9a5b00",
    danger: "#c0302b",
    info: "#1f5fbf",
    precious: "#7a3fa8",
    series: ["#0f6b66", "#d9822b", "#3f6fd1", "#8a4fbf", "#b8433f", "#5b7083", "#7a8f1f", "#2b9db3"],
  },
  dark: {
    primary: "#46b8ae",
    background: "#10151a",
    surface: "#182027",
    raised: "#1e2730",
    text: "#e4eaf0",
    muted: "#9caab9",
    border: "#2b3641",
    hover: "#202b33",
    success: "#5cc27c",
    warning: "#e0a94a",
    danger: "#f0817b",
    info: "#7fb0f5",
    precious: "#c9a0f0",
    series: ["#46b8ae", "#e5a05a", "#86aaf2", "#c193ee", "#ef8c87", "#a7b7c7", "#b9ca5c", "#66c9de"],
  },
};
