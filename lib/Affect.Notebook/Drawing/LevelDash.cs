namespace Affect.Notebook.Drawing;

/// <summary>The dashes of levels: chance and ceilings look the same in every figure.</summary>
internal static class LevelDash
{
    internal const string Chance = "5 4";

    internal static string Ceiling(int index) => index % 2 == 0 ? "1.5 3.5" : "7 3 1.5 3";
}
