// Only browsers without JavaScript modules run this file. It says so, in both languages, where the page would be.
(() => {
  function say() {
    var root = document.getElementById('root');
    if (!root) return;
    root.innerHTML =
      '<main class="ks-plain"><h1>Kafkascope</h1>' +
      '<p>This browser is too old for Kafkascope. Any Chrome, Edge, Firefox or Safari of the last two years will do.</p>' +
      '<p lang="zh-CN">这个浏览器太旧，打不开 Kafkascope。近两年的 Chrome、Edge、Firefox、Safari 都可以。</p></main>';
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', say);
  else say();
})();
