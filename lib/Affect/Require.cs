namespace Affect;

/// <summary>Checks of arguments, whose errors name the argument, the wish and the value, in that order.</summary>
public static class Require
{
    /// <summary>The value, if it is at least <paramref name="least"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is smaller.</exception>
    public static T AtLeast<T>(T least, T value, [CallerMemberName] string name = "")
        where T : INumber<T> =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be at least {least}."));

    /// <summary>The value, if it lies between two bounds, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public static T Between<T>(T least, T most, T value, [CallerMemberName] string name = "")
        where T : INumber<T> =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be between {least} and {most}."));

    /// <summary>The list, if it holds anything.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Count > 0 ? values : throw new ArgumentException($"{name} must not be empty.", name);
    }

    /// <summary>The text, if it is not empty.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }

    /// <summary>Checks that a list holds something, and nothing twice.</summary>
    /// <exception cref="ArgumentException">It is empty, or holds a value twice.</exception>
    public static IReadOnlyList<T> Different<T>(IReadOnlyList<T> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        NotEmpty(values, name);
        return values.Distinct().Count() == values.Count
            ? values
            : throw new ArgumentException($"{name} must differ, but are {string.Join(", ", values)}.", name);
    }

    /// <summary>Checks a tensor's shape; −1 stands for any size.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="sizes">The sizes wished for, −1 where any will do.</param>
    /// <param name="axes">The axes' names, as in <c>[batch, frames, hidden]</c>.</param>
    /// <param name="name">The caller's expression; filled in by the compiler.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public static void Shape(this Tensor tensor, long[] sizes, string axes, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        ArgumentNullException.ThrowIfNull(sizes);
        var shape = tensor.shape;
        var fits = shape.Length == sizes.Length;
        for (var axis = 0; fits && axis < sizes.Length; axis++) fits = sizes[axis] < 0 || sizes[axis] == shape[axis];
        if (fits) return;
        var wish = string.Join(", ", sizes.Select(size => size < 0 ? "?" : size.ToString(CultureInfo.InvariantCulture)));
        throw new ArgumentException($"{name} must be {axes} = [{wish}], but was [{string.Join(", ", shape)}].", name);
    }
}
