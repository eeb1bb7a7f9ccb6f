namespace Affect.Notebook.Formatting;

/// <summary>Values that are still to come: showing one neither waits for it nor begins to make it.</summary>
internal static class Deferred
{
    private static readonly Type[] Kinds = [typeof(Task<>), typeof(ValueTask<>), typeof(Lazy<>), typeof(IAsyncEnumerable<>)];

    /// <summary>Whether a value is one.</summary>
    internal static bool Is(object value) => value is Task or ValueTask || KindOf(value.GetType()) is not null;

    /// <summary>What is known of it.</summary>
    /// <param name="value">The task, lazy value or asynchronous sequence.</param>
    /// <param name="text">Writes the value that has come.</param>
    internal static string Text(object value, Func<object?, string> text)
    {
        var kind = KindOf(value.GetType());
        // What an asynchronous method without a value gives is a task of a type that is the runtime's own.
        var name = kind is null || kind.GetGenericArguments()[0].Name == "VoidTaskResult" ? value is ValueTask ? nameof(ValueTask) : nameof(Task) : TypeNames.Of(kind);
        return value switch
        {
            Task { IsFaulted: true } task => $"{name}, failed: {TypeNames.Of(task.Exception!.InnerException!.GetType())}: {ErrorText.MessageOf(task.Exception.InnerException)}",
            Task { IsCanceled: true } => $"{name}, cancelled",
            Task { IsCompleted: true } => name == nameof(Task) ? $"{name}, done" : $"{name}: {text(kind!.GetProperty(nameof(Task<>.Result))!.GetValue(value))}",
            Task => $"{name}, still running: await it",
            ValueTask task => $"{name}, {(task.IsCompleted ? "done" : "still running: await it")}",
            _ when Is(kind, typeof(ValueTask<>)) => $"{name}, {(Flag(nameof(ValueTask<>.IsCompleted)) ? "done" : "still running")}: await it",
            _ when Is(kind, typeof(Lazy<>)) => Flag(nameof(Lazy<>.IsValueCreated)) ? $"{name}: {text(kind!.GetProperty(nameof(Lazy<>.Value))!.GetValue(value))}" : $"{name}, not made yet: its Value makes it",
            _ => $"{name}: await foreach reads it",
        };

        bool Flag(string property) => kind!.GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.GetValue(value) is true;
    }

    private static bool Is(Type? kind, Type definition) => kind?.GetGenericTypeDefinition() == definition;

    private static Type? KindOf(Type type)
    {
        for (var one = type; one is not null; one = one.BaseType)
            if (one.IsGenericType && Kinds.Contains(one.GetGenericTypeDefinition())) return one;
        return type.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
    }
}
