namespace Affect.Checkpoints.Pickle;

/// <summary>Reads a pickle without running it: plain values, containers, and the names that the caller allows; anything else is refused by name.</summary>
/// <remarks>
/// Opcodes: CPython's Lib/pickletools.py, protocols 0 to 5. A pickle is a program for a stack machine that may import and call anything;
/// here an import looks up <c>allowed</c> and a call runs only what was found there.
/// Values: null, bool, long, double, string, byte[], object?[] (tuple), List (list, set), <see cref="PickleMap"/>, and what the allowed names give.
/// </remarks>
internal sealed class Unpickler(string path, byte[] content, IReadOnlyDictionary<string, PickleGlobal> allowed, Func<object?, object?>? persistent = null)
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
            if (code == '.') return Pop();
            if (!Constant(code) && !Container(code) && !Memo(code) && !Import(code))
                throw bytes.Damaged(string.Create(CultureInfo.InvariantCulture, $"has an instruction that is not known here (0x{(int)code:x2})"));
        }
    }

    private bool Constant(char code)
    {
        object? value;
        switch (code)
        {
            case '\x80':
                var protocol = bytes.Byte();
                return protocol <= HighestProtocol ? true : throw bytes.Damaged($"is of protocol {protocol}; known are 0 to {HighestProtocol}");
            case '\x95': // FRAME: only a hint for buffering
                _ = bytes.UInt64();
                return true;
            case 'N': value = null; break;
            case '\x88': value = true; break;
            case '\x89': value = false; break;
            case 'I': value = TextInteger(bytes.Line()); break;
            case 'L': value = TextInteger(bytes.Line().TrimEnd('L')); break;
            case 'J': value = (long)bytes.Int32(); break;
            case 'K': value = (long)bytes.Byte(); break;
            case 'M': value = (long)bytes.UInt16(); break;
            case '\x8a': value = bytes.Long(bytes.Byte()); break;
            case '\x8b': value = bytes.Long((ulong)bytes.UInt32()); break;
            case 'F': value = TextReal(bytes.Line()); break;
            case 'G': value = bytes.DoubleBigEndian(); break;
            case 'T': value = bytes.Latin1((ulong)bytes.UInt32()); break;
            case 'U': value = bytes.Latin1(bytes.Byte()); break;
            case 'V': value = bytes.Line(); break;
            case 'X': value = bytes.Utf8((ulong)bytes.UInt32()); break;
            case '\x8c': value = bytes.Utf8(bytes.Byte()); break;
            case '\x8d': value = bytes.Utf8(bytes.UInt64()); break;
            case 'B': value = bytes.Blob((ulong)bytes.UInt32()); break;
            case 'C': value = bytes.Blob(bytes.Byte()); break;
            case '\x8e' or '\x96': value = bytes.Blob(bytes.UInt64()); break;
            default: return false;
        }
        stack.Add(value);
        return true;
    }

    private bool Container(char code)
    {
        switch (code)
        {
            case '(': stack.Add(Mark); return true;
            case '0': _ = Pop(); return true;
            case '1': _ = PopToMark(); return true;
            case '2': stack.Add(Peek()); return true;
            case ']' or '\x8f': stack.Add(new List<object?>()); return true;
            case 'l' or '\x91': stack.Add(new List<object?>(PopToMark())); return true;
            case 'a': AddTo([Pop()]); return true;
            case 'e' or '\x90': AddTo(PopToMark()); return true;
            case ')': stack.Add(Array.Empty<object?>()); return true;
            case 't': stack.Add(PopToMark()); return true;
            case '\x85': stack.Add(PopMany(1)); return true;
            case '\x86': stack.Add(PopMany(2)); return true;
            case '\x87': stack.Add(PopMany(3)); return true;
            case '}': stack.Add(new PickleMap()); return true;
            case 'd':
                var items = PopToMark();
                stack.Add(new PickleMap());
                SetIn(items);
                return true;
            case 's': SetIn(PopMany(2)); return true;
            case 'u': SetIn(PopToMark()); return true;
            default: return false;
        }
    }

    private bool Memo(char code)
    {
        switch (code)
        {
            case 'q': memo[bytes.Byte()] = Peek(); return true;
            case 'r': memo[bytes.UInt32()] = Peek(); return true;
            case 'p': memo[TextInteger(bytes.Line())] = Peek(); return true;
            case '\x94': memo[memo.Count] = Peek(); return true;
            case 'h': Recall(bytes.Byte()); return true;
            case 'j': Recall(bytes.UInt32()); return true;
            case 'g': Recall(TextInteger(bytes.Line())); return true;
            default: return false;
        }
    }

    private bool Import(char code)
    {
        switch (code)
        {
            case 'c':
                stack.Add(Resolve(bytes.Line(), bytes.Line()));
                return true;
            case '\x93':
                var names = PopMany(2);
                stack.Add(Resolve(names[0] as string ?? "?", names[1] as string ?? "?"));
                return true;
            case 'i': // INST: imports and calls in one
                _ = Resolve(bytes.Line(), bytes.Line());
                throw bytes.Damaged("builds an object of an old-style class, which no tensor needs");
            case 'R' or '\x81':
                var call = PopMany(2);
                stack.Add(Call(call[0], call[1] as object?[]));
                return true;
            case 'b':
                // BUILD sets attributes. On a state dictionary these are its version numbers, which nothing here needs.
                var state = PopMany(2);
                if (state[0] is not PickleMap) throw bytes.Damaged("sets attributes of something other than a dictionary");
                stack.Add(state[0]);
                return true;
            case 'Q':
                stack.Add(persistent is not null ? persistent(Pop()) : throw bytes.Damaged("refers to data outside itself"));
                return true;
            default:
                return false;
        }
    }

    private PickleGlobal Resolve(string module, string name) =>
        allowed.TryGetValue($"{module}.{name}", out var found)
            ? found
            : throw new FormatException(
                $"{path}: the pickle asks for '{module}.{name}', which is not needed to rebuild tensors and is refused; nothing of it was run. "
                + "Use the model's safetensors file, or save the tensors alone: torch.save(model.state_dict(), ...).");

    private object? Call(object? function, object?[]? arguments)
    {
        if (function is not PickleGlobal { Call: { } call } || arguments is null) throw bytes.Damaged("calls something that is not a function");
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

    private void SetIn(object?[] items)
    {
        if (Peek() is not PickleMap map || items.Length % 2 != 0) throw bytes.Damaged("sets items of something that is not a dictionary");
        for (var i = 0; i < items.Length; i += 2) map.Set(items[i], items[i + 1]);
    }

    private void Recall(long key) =>
        stack.Add(memo.TryGetValue(key, out var value) ? value : throw bytes.Damaged($"recalls item {key}, which it never stored"));

    private object? Peek() => stack.Count > 0 && stack[^1] != Mark ? stack[^1] : throw bytes.Damaged("takes from an empty stack");

    private object? Pop()
    {
        var value = Peek();
        stack.RemoveAt(stack.Count - 1);
        return value is PickleGlobal { Call: null } constant ? constant.Value : value;
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
        var values = stack[(start + 1)..].Select(value => value is PickleGlobal { Call: null } constant ? constant.Value : value).ToArray();
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
