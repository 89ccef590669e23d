namespace DeepKeras.Vision.Reports;

/// <summary>The style sheet of the page. It names no child by an angle bracket, so that HTML and XML read it alike.</summary>
internal static class Style
{
    public const string Sheet = """

        :root { color-scheme: light dark; --paper: #ffffff; --card: #f6f7f9; --ink: #1d2530; --soft: #5d6876; --line: #dde1e7; --accent: #2f6fde; --accent-rgb: 47, 111, 222; --bad-rgb: 226, 87, 60;
          --s0: #2f6fde; --s1: #e8762c; --s2: #2e9e5b; --s3: #d23f4c; --s4: #8b5fc9; --s5: #8c6239; --s6: #d9649f; --s7: #7d8794; --s8: #a8a31f; --s9: #22a7bd; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14181f; --card: #1d232d; --ink: #e6eaf0; --soft: #98a3b3; --line: #323b48; --accent: #6aa2ff; --accent-rgb: 84, 140, 240; --bad-rgb: 235, 100, 72;
          --s0: #6aa2ff; --s1: #ff9a55; --s2: #57c785; --s3: #ff6d78; --s4: #b18cf0; --s5: #c39a70; --s6: #f28cc0; --s7: #a3adba; --s8: #d4cf4a; --s9: #4fd0e5; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        header, main, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
        header { padding-top: 36px; }
        h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; overflow-wrap: anywhere; }
        h2 { font-size: 20px; margin: 0 0 6px; }
        h3 { font-size: 15px; margin: 22px 0 6px; }
        .lead, .subtitle { color: var(--soft); margin: 0 0 14px; max-width: 105ch; }
        nav { display: flex; flex-wrap: wrap; gap: 6px 16px; margin: 18px 0 0; padding: 10px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); font-size: 14px; }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; }
        section { padding: 30px 0 6px; }
        footer { color: var(--soft); font-size: 13px; padding-top: 30px; padding-bottom: 40px; }
        .tiles { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 20px; }
        .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 18px 12px; min-width: 118px; }
        .tile strong { display: block; font-size: 25px; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
        .tile span { color: var(--soft); font-size: 13px; }
        .scroll { overflow-x: auto; }
        .columns { display: flex; flex-wrap: wrap; gap: 18px 36px; align-items: flex-start; }
        .columns div { min-width: 0; }
        table { border-collapse: collapse; font-size: 14px; margin: 4px 0 14px; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--soft); font-weight: 600; font-size: 13px; }
        th.number, td.number { text-align: right; }
        tbody tr:last-child td { border-bottom: 0; }
        .note { color: var(--soft); font-size: 12px; }
        td.share div, td.meter div { display: flex; justify-content: space-between; align-items: center; }
        .bar { display: inline-block; height: 9px; border-radius: 2px; background: rgba(var(--accent-rgb), 0.55); margin-right: 8px; }
        td.share, td.meter { min-width: 128px; }
        td .dot { display: inline-block; width: 9px; height: 9px; border-radius: 3px; margin-right: 7px; background: var(--s7); }
        td .dot.convolution { background: var(--s0); } td .dot.dense { background: var(--s4); } td .dot.pooling { background: var(--s1); }
        td .dot.normalization { background: var(--s2); } td .dot.merge { background: var(--s3); } td .dot.model { background: var(--s9); }
        .confusion { font-size: 13px; border-collapse: separate; border-spacing: 2px; }
        .confusion th { border: 0; padding: 2px 8px 2px 2px; text-align: right; color: var(--ink); font-weight: 500; }
        .confusion th.upright, .confusion th.above { padding: 2px; vertical-align: bottom; text-align: center; }
        .confusion th.upright span { writing-mode: vertical-rl; transform: rotate(180deg); }
        .confusion td { border: 0; border-radius: 4px; padding: 5px 3px; min-width: 42px; text-align: center; background: var(--card); }
        .confusion td.right { background: rgba(var(--accent-rgb), calc(var(--share) * 0.75)); font-weight: 650; }
        .confusion td.wrong { background: rgba(var(--bad-rgb), calc(var(--share) * 0.95)); }
        .confusion td.none { color: var(--soft); }
        .confusion td.none span { opacity: 0.45; }
        figure { margin: 0; }
        figure img { display: block; border-radius: 4px; max-width: 100%; height: auto; }
        figcaption { font-size: 13px; color: var(--soft); margin-top: 4px; }
        figcaption b { color: var(--ink); }
        img.pixels { image-rendering: pixelated; }
        .figures { display: flex; flex-wrap: wrap; gap: 16px 18px; margin: 6px 0 16px; align-items: flex-start; }
        .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); }
        .triples { display: grid; grid-template-columns: repeat(auto-fill, minmax(400px, 1fr)); gap: 0 20px; }
        .triples .figures figure { flex: 1 1 0; max-width: 128px; }
        .maps { margin-bottom: 22px; flex-wrap: nowrap; } .maps figure { margin-bottom: 8px; } .maps figure:first-child { flex: 0 0 128px; } .maps div { flex: 1 1 0; } .maps div figure:first-child { flex: none; }
        .right-name { color: var(--s2); } .wrong-name { color: var(--s3); } figcaption .right-name { color: var(--s2); } figcaption .wrong-name { color: var(--s3); }
        .wide { max-width: 900px; }
        .tight { gap: 6px; }
        .charts figure { flex: 1 1 420px; max-width: 570px; min-width: 0; }
        .charts figcaption { text-align: center; }
        .chart { display: block; width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        .chart text { fill: var(--ink); font-size: 12px; font-family: inherit; }
        .chart .tick { fill: var(--soft); } .chart .middle { text-anchor: middle; } .chart .end { text-anchor: end; }
        .chart .grid { stroke: var(--line); stroke-width: 1; } .chart .axis { stroke: var(--soft); stroke-width: 1; }
        .chart .diagonal { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 5 4; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .chart .marked { stroke: var(--card); stroke-width: 2; }
        .train.line { stroke: var(--s0); } .train.dot, .train.mark { fill: var(--s0); }
        .validation.line { stroke: var(--s1); } .validation.dot, .validation.mark { fill: var(--s1); }
        .series-0 { fill: var(--s0); } .series-1 { fill: var(--s1); } .series-2 { fill: var(--s2); } .series-3 { fill: var(--s3); } .series-4 { fill: var(--s4); }
        .series-5 { fill: var(--s5); } .series-6 { fill: var(--s6); } .series-7 { fill: var(--s7); } .series-8 { fill: var(--s8); } .series-9 { fill: var(--s9); }
        .chart g.mark { opacity: 0.75; }
        .keys { display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: 13px; list-style: none; padding: 0; margin: 6px 0; }
        .keys svg { width: 11px; height: 11px; margin-right: 6px; }
        .graph-box { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px; max-height: 860px; overflow: auto; }
        .graph { display: block; width: 100%; height: auto; margin: 0 auto; }
        .graph text { fill: var(--ink); font-family: inherit; } .graph .edge text { fill: var(--soft); }
        .graph .edge path { stroke: var(--soft); } .graph .edge polygon { stroke: var(--soft); fill: var(--soft); }
        .graph .node path { fill: var(--paper); stroke: var(--s7); }
        .graph .convolution path { stroke: var(--s0); } .graph .dense path { stroke: var(--s4); } .graph .pooling path { stroke: var(--s1); }
        .graph .normalization path { stroke: var(--s2); } .graph .merge path { stroke: var(--s3); } .graph .model path { stroke: var(--s9); }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px; overflow-x: auto; font-size: 12px; line-height: 1.35; }
        details summary { cursor: pointer; color: var(--accent); margin-bottom: 6px; }
        .refused { color: var(--soft); font-style: italic; }
        .text { white-space: pre-wrap; max-width: 90ch; overflow-wrap: anywhere; }
        @media (max-width: 640px) { header, main, footer { padding-left: 14px; padding-right: 14px; } h1 { font-size: 24px; } .tile { min-width: 0; padding: 8px 14px; } .tile strong { font-size: 20px; } .charts figure { flex-basis: 100%; } .triples { grid-template-columns: 1fr; } .maps { flex-wrap: wrap; } .confusion td { min-width: 30px; padding: 4px 1px; font-size: 11px; } }
        @media print { section { break-inside: avoid; } .graph-box { max-height: none; } nav { display: none; } }

        """;
}
