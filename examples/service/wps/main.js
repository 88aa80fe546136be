// WPS 加载项：功能区一个按钮，在任务窗格里打开拟稿的工作台。把地址换成本单位的。
const NIGAO_ADDRESS = "https://nigao.example.com/";
const PANE_KEY = "nigao_pane";

// 上次运行留下的窗格编号不再有效。
function OnNigaoLoad() {
  window.Application.PluginStorage.setItem(PANE_KEY, "");
  return true;
}

// 窗格只建一个：再按按钮，开着的收起，收起的打开。
function OnNigaoOpen() {
  const known = window.Application.PluginStorage.getItem(PANE_KEY);
  const opened = known ? window.Application.GetTaskPane(known) : null;
  if (opened) {
    opened.Visible = !opened.Visible;
    return true;
  }
  const pane = window.Application.CreateTaskPane(NIGAO_ADDRESS);
  window.Application.PluginStorage.setItem(PANE_KEY, pane.ID);
  pane.Visible = true;
  return true;
}
