// Plotly.NET beside the laboratory's own figures: #!import "plotly.csx" in a cell, then figure.ToChart(), or charts of your own, to be restyled. Shown as plotly's JSON, offline.
// Not in .NET Interactive, whose FSharp.Core is older than the one that Plotly.NET 6 asks for.
#r "../.artifacts/bin/Affect.Plotly/release/Affect.Plotly.dll"
#r "../.artifacts/bin/Affect.Plotly/release/Plotly.NET.dll"
#r "../.artifacts/bin/Affect.Plotly/release/Plotly.NET.CSharp.dll"

using Affect.Plotly;
using Plotly.NET.CSharp;

PlotlyCells.Register();
