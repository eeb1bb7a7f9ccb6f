namespace Affect.Checkpoints.Pickle;

/// <summary>Reads a pickle without running it: plain values, containers, and the names that the caller allows; all else is refused.</summary>
/// <remarks>
/// Opcodes: CPython's Lib/pickletools.py, protocols 0 to 5. A pickle is a program for a stack machine that may import and call anything;
/// here an import looks up <c>allowed</c>, whose values are constants or functions, and a call runs only what was found there.
/// Values: null, bool, long, double, string, byte[], object?[] (tuple), List (list, set), <see cref="PickleMap"/>, and what the allowed names give.
/// </remarks>
internal sealed class Unpickler(string path, byte[] content, IReadOnlyDictionary<string, object> allowed, Func<object?, object?>? persistent = null)
{
    private const int HighestProtocol = 5;

    private static readonly object Mark = new();

    private readonly PickleBytes bytes = new(path, content);
    private readonly List<object?> stack = [];
    private readonly Dictionary<long, object?> memo = [];

    /// <summary>Runs the pickle to its end.</summary>
    /// <exception cref="FormatException">The pickle is damaged, or names something that is not allowed.</exception>
    internal object? Load()
    {
        while (true)
        {
            var code = (char)bytes.Byte();
            switch (code)
            {
                case '.': return Pop();
                case '\x80': CheckProtocol(bytes.Byte()); break;
                case '\x95': _ = bytes.UInt64(); break; // FRAME: only a hint for buffering
                case '0': _ = Pop(); break;
                case '1': _ = PopToMark(); break;
                case 'a': AddTo([Pop()]); break;
                case 'e' or '\x90': AddTo(PopToMark()); break;
                case 's': SetIn(PopMany(2)); break;
                case 'u': SetIn(PopToMark()); break;
                case 'q': memo[bytes.Byte()] = Peek(); break;
                case 'r': memo[bytes.UInt32()] = Peek(); break;
                case 'p': memo[TextInteger(bytes.Line())] = Peek(); break;
                case '\x94': memo[memo.Count] = Peek(); break;
                default: stack.Add(Value(code)); break;
            }
        }
    }

    // What an instruction puts on the stack.
    private object? Value(char code) => code switch
    {
        'N' => null,
        '\x88' => true,
        '\x89' => false,
        'I' => TextInteger(bytes.Line()),
        'L' => TextInteger(bytes.Line().TrimEnd('L')),
        'J' => (long)bytes.Int32(),
        'K' => (long)bytes.Byte(),
        'M' => (long)bytes.UInt16(),
        '\x8a' => bytes.Long(bytes.Byte()),
        '\x8b' => bytes.Long((ulong)bytes.UInt32()),
        'F' => TextReal(bytes.Line()),
        'G' => bytes.DoubleBigEndian(),
        'T' => bytes.Latin1((ulong)bytes.UInt32()),
        'U' => bytes.Latin1(bytes.Byte()),
        'V' => bytes.Line(),
        'X' => bytes.Utf8((ulong)bytes.UInt32()),
        '\x8c' => bytes.Utf8(bytes.Byte()),
        '\x8d' => bytes.Utf8(bytes.UInt64()),
        'B' => bytes.Blob((ulong)bytes.UInt32()),
        'C' => bytes.Blob(bytes.Byte()),
        '\x8e' or '\x96' => bytes.Blob(bytes.UInt64()),
        '(' => Mark,
        '2' => Peek(),
        ']' or '\x8f' => new List<object?>(),
        'l' or '\x91' => new List<object?>(PopToMark()),
        ')' => Array.Empty<object?>(),
        't' => PopToMark(),
        '\x85' => PopMany(1),
        '\x86' => PopMany(2),
        '\x87' => PopMany(3),
        '}' => new PickleMap(),
        'd' => Fill(new PickleMap(), PopToMark()),
        'h' => Recall(bytes.Byte()),
        'j' => Recall(bytes.UInt32()),
        'g' => Recall(TextInteger(bytes.Line())),
        'c' => Resolve(bytes.Line(), bytes.Line()),
        '\x93' => Resolve(PopMany(2)),
        'i' => Instance(bytes.Line(), bytes.Line()),
        'R' or '\x81' => Call(PopMany(2)),
        // BUILD sets attributes. On a state dictionary these are its version numbers, which nothing here needs.
        'b' => PopMany(2)[0] as PickleMap ?? throw bytes.Damaged("sets attributes of something other than a dictionary"),
        'Q' => persistent is not null ? persistent(Pop()) : throw bytes.Damaged("refers to data outside itself"),
        _ => throw bytes.Damaged(string.Create(CultureInfo.InvariantCulture, $"has an instruction that is not known here (0x{(int)code:x2})")),
    };

    private void CheckProtocol(byte protocol)
    {
        if (protocol > HighestProtocol) throw bytes.Damaged($"is of protocol {protocol}; known are 0 to {HighestProtocol}");
    }

    private object Resolve(string module, string name) =>
        allowed.TryGetValue($"{module}.{name}", out var found)
            ? found
            : throw new FormatException(
                $"{path}: the pickle asks for '{module}.{name}', which is not needed to rebuild tensors and is refused; nothing of it was run. "
                + "Use the model's safetensors file, or save the tensors alone: torch.save(model.state_dict(), ...).");

    private object Resolve(object?[] names) => Resolve(names[0] as string ?? "?", names[1] as string ?? "?");

    // INST imports and calls in one.
    private object Instance(string module, string name)
    {
        _ = Resolve(module, name);
        throw bytes.Damaged("builds an object of an old-style class, which no tensor needs");
    }

    private object? Call(object?[] pair)
    {
        if (pair is not [Func<object?[], object?> call, object?[] arguments]) throw bytes.Damaged("calls something that is not a function");
        try
        {
            return call(arguments);
        }
        catch (Exception error) when (error is InvalidCastException or IndexOutOfRangeException or NullReferenceException or OverflowException)
        {
            throw bytes.Damaged("calls a function with arguments of the wrong kind", error);
        }
    }

    private void AddTo(object?[] items)
    {
        if (Peek() is not List<object?> list) throw bytes.Damaged("appends to something that is not a list");
        list.AddRange(items);
    }

    private void SetIn(object?[] items) => Fill(Peek() as PickleMap, items);

    private PickleMap Fill(PickleMap? map, object?[] items)
    {
        if (map is null || items.Length % 2 != 0) throw bytes.Damaged("sets items of something that is not a dictionary");
        for (var i = 0; i < items.Length; i += 2) map.Set(items[i], items[i + 1]);
        return map;
    }

    private object? Recall(long key) =>
        memo.TryGetValue(key, out var value) ? value : throw bytes.Damaged($"recalls item {key}, which it never stored");

    private object? Peek() => stack.Count > 0 && stack[^1] != Mark ? stack[^1] : throw bytes.Damaged("takes from an empty stack");

    private object? Pop()
    {
        var value = Peek();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    private object?[] PopToMark()
    {
        var start = stack.LastIndexOf(Mark);
        if (start < 0) throw bytes.Damaged("has no mark where it needs one");
        object?[] values = [.. stack[(start + 1)..]];
        stack.RemoveRange(start, stack.Count - start);
        return values;
    }

    private long TextInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw bytes.Damaged($"holds '{text}' where a whole number belongs");

    private double TextReal(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw bytes.Damaged($"holds '{text}' where a number belongs");
}
