// DataFrames beside the laboratory's own tables: #!import "frames.csx" in a cell, then results.ToDataFrame(). For looking and joining; scores come from the library.
#r "../.artifacts/bin/Affect.Frames/release/Affect.Frames.dll"
#r "../.artifacts/bin/Affect.Frames/release/Microsoft.Data.Analysis.dll"

using Affect.Frames;
using Microsoft.Data.Analysis;

FrameCells.Register();
