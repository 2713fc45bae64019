/** The page's style: one accent, two levels of surface, light and dark, one column below 860 px. */
export const STYLE = `
:root{--bg:#fff;--soft:#f7f7f8;--line:#e6e6ea;--text:#18181b;--mute:#62626d;--acc:#2457d6;--acc-soft:#e9f0fe;--good:#14713d;--bad:#b3261e;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--bg:#17171a;--soft:#1f1f24;--line:#303038;--text:#ededf0;--mute:#a3a3af;--acc:#8ab0ff;--acc-soft:#1f2c4a;--good:#6fd39b;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:14px/1.45 Inter,system-ui,sans-serif;font-feature-settings:"tnum"}
a{color:var(--acc)}
header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;padding:12px 20px;border-bottom:1px solid var(--line)}
header h1{font-size:16px;margin:0}header nav{margin-left:auto;display:flex;gap:16px}
.lead{margin:0;padding:12px 20px;color:var(--mute);max-width:90ch}
.said{margin:0 20px 12px;padding:9px 12px;background:var(--acc-soft);border-left:2px solid var(--acc)}
.said.bad{border-color:var(--bad)}.said a{margin-left:12px;white-space:nowrap}
main{display:grid;grid-template-columns:1fr 1fr;border-top:1px solid var(--line)}
main>section{min-width:0;padding-bottom:24px}main>section+section{border-left:1px solid var(--line)}
h2{font-size:14px;margin:0;padding:10px 20px;background:var(--soft);border-bottom:1px solid var(--line);display:flex;gap:10px;align-items:baseline}
h3{font-size:12.5px;font-weight:500;color:var(--mute);margin:18px 20px 6px}
.state{font-weight:400;font-size:12.5px;color:var(--good);margin-left:auto}.state.down{color:var(--bad)}
form{margin:0}.sheet{display:grid;grid-template-columns:repeat(6,1fr);gap:10px;padding:4px 20px}
label{display:block;font-size:12.5px;color:var(--mute);grid-column:span 2}.wide{grid-column:span 6}.half{grid-column:span 3}
input,select,button{font:inherit;color:var(--text);background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:6px 8px;min-height:34px}
label input,label select{width:100%;margin-top:2px}
button{cursor:pointer;white-space:nowrap}button:hover{background:var(--soft)}
button.p{background:var(--acc);border-color:var(--acc);color:var(--bg);font-weight:550;justify-self:start;align-self:end}
:focus-visible{outline:2px solid var(--acc);outline-offset:1px}
ul{list-style:none;margin:0;padding:0}
li{display:grid;grid-template-columns:1fr auto;gap:2px 12px;padding:8px 20px;border-bottom:1px solid var(--line)}
li .t{min-width:0;overflow-wrap:anywhere}li .h{text-align:right;font-weight:600;white-space:nowrap}li .s{color:var(--mute);font-size:12.5px;grid-column:1/-1}
li .do{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:6px;align-items:center}
li .do form{display:flex;gap:6px}li .do input{width:84px}
.trouble{padding:10px 20px;border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center}
.trouble p{margin:0;color:var(--mute);font-size:12.5px;flex:1 1 220px}
.none{padding:8px 20px;color:var(--mute);margin:0}
@media(max-width:860px){main{grid-template-columns:1fr}main>section+section{border-left:0}.sheet{grid-template-columns:1fr 1fr}label,.half{grid-column:span 1}.wide{grid-column:1/-1}}
@media(max-width:420px){header,.lead,h2,.sheet,li,.trouble,.none{padding-left:14px;padding-right:14px}h3{margin-left:14px}.said{margin-left:14px;margin-right:14px}}
`;
