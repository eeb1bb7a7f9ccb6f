namespace Affect.Kernel.Scripting;

/// <summary>Compiles submissions one on top of the other, as C# scripting does, and loads them itself.</summary>
/// <remarks>
/// A submission is a class whose fields are the cell's variables. Its factory method takes an array with the instances of all submissions before
/// it and puts its own there at once, so that what a cell has set before it throws can be used by the next.
/// </remarks>
internal sealed class SubmissionEngine
{
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
    private readonly List<(string Text, IReadOnlyList<string> Types, MetadataReference Reference)> libraries = [];
    private readonly string session = Guid.NewGuid().ToString("N")[..8];
    private CSharpCompilation? previous;
    private object?[] states = new object?[16];
    private int slots;
    private int submissions;

    internal SubmissionEngine(IEnumerable<string> references, string folder, IEnumerable<string> imports)
    {
        var host = new HostAssemblies(references);
        resolver = new CachingReferenceResolver(Path.GetFullPath(folder), host);
        context = new CellLoadContext(host, resolver);
        // Read when the first cell is compiled, so that a session begins at once.
        this.references = new(() => [.. host.Framework.Concat(host.Given).Select(resolver.Open).Distinct()]);
        options = Language.WithUsings(imports).WithMetadataReferenceResolver(resolver);
        Reader = new CellReader(resolver);
    }

    /// <summary>Reads what this compiles.</summary>
    internal CellReader Reader { get; }

    /// <summary>
    /// Compiles a text, no submission, that refers to the runtime's core alone, with metadata of its own: nothing of it stays but the compiler's code, loaded.
    /// </summary>
    /// <returns>Whether it compiled.</returns>
    internal static bool CompileApart(string text)
    {
        using var core = AssemblyMetadata.CreateFromFile(typeof(object).Assembly.Location);
        var tree = CSharpSyntaxTree.ParseText(text, LibraryCell.Syntax, "apart", Encoding.UTF8);
        return new Emission(CSharpCompilation.Create("apart", [tree], [core.GetReference()], Language)).Errors.Count == 0;
    }

    /// <summary>Opens what every cell refers to, which the first one would do.</summary>
    internal void OpenReferences() => _ = references.Value;

    /// <summary>Compiles texts one after the other; either all of them count from now on, or none.</summary>
    /// <exception cref="CellException">One does not compile.</exception>
    internal IReadOnlyList<Submission> Compile(IReadOnlyList<SourceUnit> units)
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

    /// <summary>
    /// What the compiler makes of a text on top of the submissions, finished or not; nothing of it stays. Positions in it are the text's.
    /// </summary>
    internal SemanticModel Understand(string text)
    {
        lock (Compiler)
        {
            var tree = new SourceUnit("draft", CellReader.WithoutDirectives(text)).Root.SyntaxTree;
            var compilation = Create(tree, submissions + 1, []);
            // References are bound here, within the lock.
            _ = compilation.Assembly.GlobalNamespace;
            return compilation.GetSemanticModel(tree);
        }
    }

    /// <summary>Runs a compiled submission.</summary>
    internal Task<object?> Run(Submission submission)
    {
        if (submission.Entry is not { } entry) return Task.FromResult<object?>(null);
        if (states.Length <= submission.Slot) Array.Resize(ref states, states.Length * 2);
        return entry(states);
    }

    /// <summary>The variables of all submissions with the values that they have now, by name; of two of one name the later.</summary>
    internal IReadOnlyCollection<(string Name, Type Type, object? Value)> Variables()
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var found = new SortedDictionary<string, (string, Type, object?)>(StringComparer.Ordinal);
        foreach (var state in states.Skip(1).Take(slots).OfType<object>())
            foreach (var field in state.GetType().GetFields(Own).Where(field => !field.Name.Contains('<', StringComparison.Ordinal)))
                found[field.Name] = (field.Name, field.FieldType, field.GetValue(state));
        return found.Values;
    }

    private Submission Compile(SourceUnit unit)
    {
        var number = ++submissions;
        if (LibraryCell.Is(unit.Root))
        {
            CompileLibrary(unit, number);
            return new Submission(unit.Name, Entry: null, slots);
        }
        var emission = Emit(unit, unit.Root.SyntaxTree, tree => Create(tree, number, unit.References));
        previous = emission.Compilation;
        // A cell of usings and references alone emits nothing and has no state.
        return emission.LoadInto(context) is { } assembly
            ? new Submission(unit.Name, EntryOf(emission.Compilation, assembly), ++slots)
            : new Submission(unit.Name, Entry: null, slots);
    }

    // A submission keeps the references of those before it, so that a library cannot be exchanged for another: the same text is the same library,
    // another text with the same names is refused while that can still be said in plain words.
    private void CompileLibrary(SourceUnit unit, int number)
    {
        if (libraries.Any(library => library.Text == unit.Text)) return;
        MetadataReference[] known = [.. AllReferences(), .. libraries.Select(library => library.Reference), .. unit.References.Select(resolver.Open)];
        var empty = CSharpCompilation.Create(
            AssemblyName(number), references: known.Distinct(), options: options.WithUsings().WithMetadataReferenceResolver(null));
        empty = empty.AddSyntaxTrees(LibraryCell.Imports(options.Usings, empty));
        var emission = Emit(unit, LibraryCell.Tree(unit), tree => empty.AddSyntaxTrees(tree));
        var types = LibraryCell.Types(emission.Compilation);
        if (types.FirstOrDefault(type => libraries.Any(library => library.Types.Contains(type))) is { } twice)
        {
            const string Advice =
                "a cell that holds a namespace or extension methods becomes a library, which cannot be changed while the kernel runs. "
                + "Give the type another name, or restart the kernel.";
            throw new CellException("Library", $"{twice} was declared by an earlier cell with other code: {Advice}", unit, 1, -1, 0);
        }
        emission.LoadInto(context);
        libraries.Add((unit.Text, types, emission.Reference));
    }

    // With all checks, if that compiles; with fewer; as written, from which also the errors are told: there the columns are right.
    private static Emission Emit(SourceUnit unit, SyntaxTree written, Func<SyntaxTree, CSharpCompilation> compile)
    {
        var root = written.GetCompilationUnitRoot();
        if (StandardStreams.MayOpen(unit.Text)) root = StandardStreams.Replace(root, compile(written).GetSemanticModel(written));
        foreach (var inExpressions in (bool[])[true, false])
        {
            var asking = InterruptRewriter.Rewrite(root, inExpressions);
            var emission = new Emission(compile(CSharpSyntaxTree.Create(asking, (CSharpParseOptions)written.Options, unit.Name, Encoding.UTF8)));
            if (emission.Errors.Count == 0) return emission;
        }
        var plain = new Emission(compile(written));
        return plain.Errors.Count == 0 ? plain : throw new CellException(CompileErrors.Of(unit, plain.Compilation, plain.Errors));
    }

    private CSharpCompilation Create(SyntaxTree tree, int number, IReadOnlyList<string> more) => CSharpCompilation.CreateScriptCompilation(
        AssemblyName(number),
        tree,
        // A submission has the references of those before it, too.
        [.. previous is null ? references.Value : [], .. libraries.Select(library => library.Reference), .. more.Select(resolver.Open)],
        options.WithScriptClassName(FormattableString.Invariant($"Submission{number}")),
        previous,
        typeof(object));

    private string AssemblyName(int number) => FormattableString.Invariant($"{SourceUnit.AssemblyPrefix}{session}-{number}");

    private IEnumerable<MetadataReference> AllReferences()
    {
        foreach (var reference in references.Value) yield return reference;
        for (var compilation = previous; compilation is not null; compilation = compilation.ScriptCompilationInfo?.PreviousScriptCompilation)
            foreach (var reference in compilation.References) yield return reference;
    }

    private static Func<object?[], Task<object?>> EntryOf(CSharpCompilation compilation, Assembly assembly)
    {
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        return assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    /// <summary>A compiled cell or loaded file, not yet run.</summary>
    /// <param name="Name">The cell or file.</param>
    /// <param name="Entry">Its entry point; takes the states of all submissions, its own being put there. Null where there is nothing to run.</param>
    /// <param name="Slot">The place of its state.</param>
    internal sealed record Submission(string Name, Func<object?[], Task<object?>>? Entry, int Slot);

    // What the compiler has written, in memory.
    private sealed class Emission
    {
        private readonly byte[] image;
        private readonly byte[] debugInformation;
        private readonly bool isThere;

        internal Emission(CSharpCompilation compilation)
        {
            using var code = new MemoryStream();
            using var symbols = new MemoryStream();
            var result = compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
            (Compilation, isThere, image, debugInformation) = (compilation, result.Success, code.ToArray(), symbols.ToArray());
            Errors = [.. result.Diagnostics.Where(diagnostic => !isThere && diagnostic.Severity == DiagnosticSeverity.Error)];
        }

        internal CSharpCompilation Compilation { get; }

        internal IReadOnlyList<Diagnostic> Errors { get; }

        internal MetadataReference Reference => MetadataReference.CreateFromImage(image);

        /// <returns>Null where there was nothing to write.</returns>
        internal Assembly? LoadInto(AssemblyLoadContext context) =>
            isThere ? context.LoadFromStream(new MemoryStream(image), new MemoryStream(debugInformation)) : null;
    }
}
