namespace TorchSharp.Modules;

/// <summary>The ranges that optimizers' options share.</summary>
internal static class CheckedOptions
{
    internal static void AtLeastZero(double value, string name)
    {
        if (!(value >= 0)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
    }

    internal static void BelowOne(double value, string name)
    {
        if (value is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and below 1.");
    }
}
