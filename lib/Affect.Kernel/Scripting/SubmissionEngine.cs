namespace Affect.Kernel.Scripting;

/// <summary>Compiles submissions one on top of the other, as C# scripting does, and loads them itself.</summary>
/// <remarks>
/// A submission is a class whose fields are the cell's variables. Its factory method takes an array with the instances of all submissions before
/// it and puts its own there at once, so that what a cell has set before it throws can be used by the next.
/// </remarks>
internal sealed partial class SubmissionEngine
{
    internal const string AssemblyPrefix = "cells-";

    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Language = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithNullableContextOptions(NullableContextOptions.Enable)
        .WithAllowUnsafe(true)
        .WithSourceReferenceResolver(null)
        .WithAssemblyIdentityComparer(DesktopAssemblyIdentityComparer.Default)
        .WithConcurrentBuild(false);

    // Sessions share the metadata of the host's assemblies. Two that bind it at the same moment make two symbols of each assembly, of which later
    // submissions of either take now the one and now the other: every imported name is then ambiguous (CS0121).
    private static readonly Lock Compiler = new();

    private readonly CachingReferenceResolver resolver;
    private readonly CellLoadContext context;
    private readonly CSharpCompilationOptions options;
    private readonly Lazy<IReadOnlyList<MetadataReference>> references;
    private readonly string session = Guid.NewGuid().ToString("N")[..8];
    private CSharpCompilation? previous;
    private object?[] states = new object?[16];
    private int slots;
    private int submissions;

    internal SubmissionEngine(HostAssemblies host, CachingReferenceResolver resolver, IEnumerable<string> imports)
    {
        this.resolver = resolver;
        context = new CellLoadContext(host, resolver);
        // Read when the first cell is compiled, so that a session begins at once.
        references = new(() => [.. host.Framework.Concat(host.Given).Select(resolver.Open).Distinct()]);
        options = Language.WithUsings(imports).WithMetadataReferenceResolver(resolver);
    }

    /// <summary>The syntax of a text, as a submission.</summary>
    internal static SyntaxTree Parse(string text, string name) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Syntax, name);

    /// <summary>
    /// Compiles a text, no submission, that refers to the runtime's core alone, with metadata of its own: nothing of it stays but the compiler's code, loaded.
    /// </summary>
    /// <returns>Whether it compiled.</returns>
    internal static bool CompileApart(string text)
    {
        using var core = AssemblyMetadata.CreateFromFile(typeof(object).Assembly.Location);
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Syntax.WithKind(SourceCodeKind.Regular), "apart");
        return Emit(CSharpCompilation.Create("apart", [tree], [core.GetReference()], Language), code, symbols).Success;
    }

    /// <summary>Opens what every cell refers to, which the first one would do.</summary>
    internal void OpenReferences() => _ = references.Value;

    /// <summary>Compiles texts one after the other; either all of them count from now on, or none.</summary>
    /// <exception cref="CellException">One does not compile.</exception>
    internal IReadOnlyList<CompiledSubmission> Compile(IReadOnlyList<SourceUnit> units)
    {
        var before = (previous, slots);
        var known = libraries.Count;
        try
        {
            lock (Compiler) return [.. units.Select(Compile)];
        }
        catch (CellException)
        {
            (previous, slots) = before;
            libraries.RemoveRange(known, libraries.Count - known);
            throw;
        }
    }

    /// <summary>What the compiler makes of a text on top of the submissions; nothing of it stays.</summary>
    internal SemanticModel Understand(string text)
    {
        lock (Compiler)
        {
            var tree = Parse(text, "draft");
            var compilation = Create(tree, submissions + 1, []);
            // References are bound here, within the lock.
            _ = compilation.Assembly.GlobalNamespace;
            return compilation.GetSemanticModel(tree);
        }
    }

    /// <summary>Runs a compiled submission.</summary>
    internal Task<object?> Run(CompiledSubmission submission)
    {
        if (submission.Entry is not { } entry) return Task.FromResult<object?>(null);
        if (states.Length <= submission.Slot) Array.Resize(ref states, states.Length * 2);
        return entry(states);
    }

    /// <summary>The variables of all submissions, by name; of two of one name the later.</summary>
    internal IReadOnlyList<CellVariable> Variables()
    {
        var found = new SortedDictionary<string, CellVariable>(StringComparer.Ordinal);
        foreach (var state in states.Skip(1).Take(slots).OfType<object>())
            foreach (var field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (!field.Name.Contains('<', StringComparison.Ordinal)) found[field.Name] = new CellVariable(field.Name, field.FieldType, field.GetValue(state));
        return [.. found.Values];
    }

    private CompiledSubmission Compile(SourceUnit unit)
    {
        var number = ++submissions;
        if (LibraryCell.Is(unit.Root))
        {
            CompileLibrary(unit, number);
            return new CompiledSubmission(unit.Name, Entry: null, slots);
        }
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var (compilation, emitted) = EmitAsking(unit, number, code, symbols);
        previous = compilation;
        // A cell of usings and references alone emits nothing and has no state.
        if (!emitted.Success) return new CompiledSubmission(unit.Name, Entry: null, slots);
        code.Position = symbols.Position = 0;
        return new CompiledSubmission(unit.Name, EntryOf(compilation, context.LoadFromStream(code, symbols)), ++slots);
    }

    // With all checks, if that compiles; with fewer; as written, from which also the errors are told: there the columns are right.
    private (CSharpCompilation Compilation, EmitResult Emitted) EmitAsking(SourceUnit unit, int number, MemoryStream code, MemoryStream symbols)
    {
        var root = unit.Root;
        if (StandardStreams.MayOpen(unit.Text)) root = StandardStreams.Replace(root, Create(root.SyntaxTree, number, unit.References).GetSemanticModel(root.SyntaxTree));
        foreach (var inExpressions in (bool[])[true, false])
        {
            var asking = CSharpSyntaxTree.Create(InterruptRewriter.Rewrite(root, inExpressions), Syntax, unit.Name, Encoding.UTF8);
            var compilation = Create(asking, number, unit.References);
            var emitted = Emit(compilation, Emptied(code), Emptied(symbols));
            if (!HasErrors(emitted)) return (compilation, emitted);
        }
        var original = Create(unit.Root.SyntaxTree, number, unit.References);
        var plain = Emit(original, Emptied(code), Emptied(symbols));
        return HasErrors(plain) ? throw new CellException(CompileErrors.Of(unit, original, plain.Diagnostics.Where(IsError))) : (original, plain);
    }

    private CSharpCompilation Create(SyntaxTree tree, int number, IReadOnlyList<string> more) => CSharpCompilation.CreateScriptCompilation(
        string.Create(CultureInfo.InvariantCulture, $"{AssemblyPrefix}{session}-{number}"),
        tree,
        // A submission has the references of those before it, too.
        [.. previous is null ? references.Value : [], .. libraries.Select(library => library.Reference), .. more.Select(resolver.Open)],
        options.WithScriptClassName(string.Create(CultureInfo.InvariantCulture, $"Submission{number}")),
        previous,
        typeof(object));

    private static EmitResult Emit(CSharpCompilation compilation, Stream code, Stream symbols) =>
        compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));

    private static Func<object?[], Task<object?>> EntryOf(CSharpCompilation compilation, Assembly assembly)
    {
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        return assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    private static MemoryStream Emptied(MemoryStream stream)
    {
        stream.SetLength(0);
        return stream;
    }

    private static bool HasErrors(EmitResult emitted) => !emitted.Success && emitted.Diagnostics.Any(IsError);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}
