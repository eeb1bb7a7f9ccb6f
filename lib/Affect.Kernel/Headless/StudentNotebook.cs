namespace Affect.Kernel.Headless;

/// <summary>A notebook with its exercises open: what a student is to write is taken out, and the cell that checks it stays.</summary>
public static class StudentNotebook
{
    /// <summary>The tag of a cell that a student is to write.</summary>
    public const string SolutionTag = "solution";

    /// <summary>The tag of the cell that follows a solution and fails while there is none.</summary>
    public const string CheckTag = "check";

    private const string Task = "// Exercise:";
    private const string PlainTask = $"{Task} write what this cell needs; the next cell checks it.";

    /// <summary>Opens a notebook's exercises and takes away what it showed when it ran.</summary>
    /// <param name="notebook">The notebook; it stays as it is.</param>
    /// <param name="name">What error messages call it.</param>
    /// <returns>
    /// The student's notebook, and how many exercises it has. A solution's first comment line stays if it begins with <c>// Exercise:</c>.
    /// </returns>
    /// <exception cref="FormatException">No cell is a solution, or one is not followed by the cell that checks it.</exception>
    public static (NotebookDocument Notebook, int Exercises) Of(NotebookDocument notebook, string name)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var root = JsonNode.Parse(notebook.ToText())!;
        var exercises = 0;
        foreach (var (index, cell) in notebook.Cells.Index().Where(entry => entry.Item.IsCode))
        {
            var json = root["cells"]![index]!;
            json["outputs"] = new JsonArray();
            json["execution_count"] = null;
            if (!cell.Tags.Contains(SolutionTag)) continue;
            exercises++;
            if (notebook.Cells.Skip(index + 1).FirstOrDefault(next => next.IsCode)?.Tags.Contains(CheckTag) != true)
            {
                throw new FormatException(FormattableString.Invariant(
                    $"{name}: cell {index + 1}, tagged '{SolutionTag}', must be followed by a code cell tagged '{CheckTag}', but is not."));
            }
            var comments = cell.Source.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("//", StringComparison.Ordinal));
            var task = comments.FirstOrDefault() is { } first && first.StartsWith(Task, StringComparison.Ordinal) ? first : PlainTask;
            json["source"] = $"{task}\nthrow new NotImplementedException();";
        }
        if (exercises == 0)
            throw new FormatException($"{name}: a student's notebook must have an exercise, but no code cell is tagged '{SolutionTag}'.");
        return (NotebookDocument.Parse(root.ToJsonString(), name), exercises);
    }
}
