import type { ThemeConfig } from 'antd';

/** 主题: one blue, dark enough for small text on white (AA) and darker under the pointer, nothing that moves. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b5cad', colorPrimaryHover: '#084785', colorPrimaryActive: '#06386a', colorLink: '#0b5cad', colorLinkHover: '#084785', colorLinkActive: '#06386a', colorText: '#1f2933', colorTextSecondary: '#52606d', colorTextTertiary: '#5f6c7b', colorTextQuaternary: '#67737f',
    colorTextPlaceholder: '#67737f', colorTextDisabled: '#67737f', colorError: '#b42318', colorErrorHover: '#912018', colorErrorActive: '#7a1a14', colorWarning: '#8a5a00', colorSuccess: '#1b7a43', colorBorder: '#8c98a4',
    colorWarningBg: '#fff8e6', colorWarningBorder: '#d8b25a', colorErrorBg: '#fff3f2', colorErrorBorder: '#e3a1a1', colorSuccessBg: '#eef8f2', colorSuccessBorder: '#8fc7a5', colorInfoBg: '#eef5fc', colorInfoBorder: '#9dc1e6',
    borderRadius: 6, fontSize: 15, controlHeight: 36, motion: false,
    fontFamily: "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif",
  },
};
