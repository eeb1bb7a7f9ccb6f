namespace Affect.Kernel;

/// <summary>Checks of options, whose errors name the option, the wish and the value.</summary>
internal static class Positive
{
    /// <summary>A time that has an end, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    internal static TimeSpan TimeOrNone(TimeSpan value, [CallerMemberName] string name = "") => value == Timeout.InfiniteTimeSpan ? value : Time(value, name);

    internal static TimeSpan Time(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be longer than nothing.");

    internal static T OrZero<T>(T value, [CallerMemberName] string name = "")
        where T : INumber<T> =>
        value >= T.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
}
