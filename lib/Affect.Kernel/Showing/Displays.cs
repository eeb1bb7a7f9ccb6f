namespace Affect.Kernel.Showing;

/// <summary>Sends what cells and libraries display to the session whose code does it.</summary>
/// <remarks>
/// A cell's own <c>display</c> comes here at once; what anybody displays through the package's <c>value.Display()</c>, and every update, comes by its
/// event. What a session has shown stays with it, whoever updates it. Each display also asks whether the cell is to stop: so long work of a library that
/// reports its progress ends where it stands.
/// </remarks>
internal static class Displays
{
    private static readonly ConditionalWeakTable<DisplayedValue, Place> Places = [];
    private static readonly Lazy<IDisposable> Subscription = new(() => Formatter.SubscribeToDisplayedValues(On));

    /// <summary>Hears from now on what is displayed in this process; once more does nothing.</summary>
    internal static void Listen() => _ = Subscription.Value;

    /// <summary>Shows a value where the code that calls this stands.</summary>
    internal static DisplayedValue Show(object? value, IReadOnlyList<string> mimeTypes)
    {
        CellInterrupt.Check();
        // A session that has ended leaves what its threads still display to the console.
        if (ConsoleRouter.Relay is not { } relay) return value.Display([.. mimeTypes]);
        var bundle = relay.Forms.Of(value, mimeTypes);
        // An update formats the new value in the forms that stand here, and not every value has every form: the others are made for the event.
        var shown = new DisplayedValue(value, [new FormattedValue(PlainTextFormatter.MimeType, "")]);
        Places.Add(shown, new Place(relay, mimeTypes));
        if (bundle.Count > 0) relay.Display(bundle, shown.DisplayId);
        return shown;
    }

    private static void On(DisplayedValue shown)
    {
        CellInterrupt.Check();
        var isKnown = Places.TryGetValue(shown, out var place);
        if ((place?.Relay ?? ConsoleRouter.Relay) is not { } relay)
        {
            Formatter.WriteToConsole(shown);
            return;
        }
        var bundle = Bundle(shown, relay.Forms, place);
        if (!isKnown) Places.TryAdd(shown, new Place(relay, MimeTypes: null));
        // The package's own Display() gives back another handle than it has shown: what that is updated to is shown below it rather than nowhere.
        if (isKnown && shown.IsUpdated) relay.Update(bundle, shown.DisplayId);
        else if (bundle.Count > 0) relay.Display(bundle, shown.DisplayId);
    }

    // What was asked for in certain forms is shown in these. The package's Display() without any gives the preferred ones: then all.
    private static IReadOnlyDictionary<string, JsonNode> Bundle(DisplayedValue shown, ValueForms forms, Place? place)
    {
        if (place?.MimeTypes is { } asked) return forms.Of(shown.Value, asked);
        var given = shown.FormattedValues.Select(form => form.MimeType);
        var isAll = given.ToHashSet().SetEquals(Formatter.GetPreferredMimeTypesFor(shown.Value?.GetType()));
        return isAll ? forms.Of(shown.Value) : ValueForms.Of(shown.FormattedValues);
    }

    private sealed record Place(OutputRelay Relay, IReadOnlyList<string>? MimeTypes);
}
