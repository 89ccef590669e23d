using System.Globalization;
using DeepKeras.Callbacks;
using DeepKeras.Schedules;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException UnfreezingSteps(IReadOnlyList<(int Epoch, string From)> steps) =>
        new($"GradualUnfreezing expects at least one step, with epochs that rise from 0 on, but received {(steps.Count == 0 ? "none" : string.Join(", ", steps.Select(s => $"({s.Epoch}, \"{s.From}\")")))}. Write for example new GradualUnfreezing((3, \"block5_conv1\"), (6, \"block4_conv1\")).");

    public static KerasException UnknownMonitor(Callback callback, string key, IEnumerable<string> known, bool hasValidation) =>
        new($"{callback.GetType().Name} watches '{key}' but the logs have {Quoted(known)}. " +
            (key.StartsWith("val_", StringComparison.Ordinal) && !hasValidation ? "Give Fit a validationSplit or validationData, or watch a figure of the training data." : "Watch one of these, or add the metric in Compile."));

    public static KerasException UnknownDirection(Callback callback, string key) =>
        new($"{callback.GetType().Name} expects to know which direction of '{key}' is better but the metric does not tell. Give mode: \"min\" or \"max\".");

    public static KerasException CallbackNeedsFixedRate(Callback callback, LearningRateSchedule schedule) =>
        new($"{callback.GetType().Name} expects an optimizer whose learning rate can be set but its rate follows a {schedule.GetType().Name}. Create the optimizer with a number as learningRate, or leave the callback out.");

    public static KerasException CallbackNeedsAverage(Callback callback) =>
        new($"{callback.GetType().Name} expects an optimizer that keeps a moving average of the weights but the model's keeps none. Compile with an optimizer made with useEma: true.");

    public static KerasException Backup(string path, string problem) =>
        new($"BackupAndRestore cannot go on from {path}: {problem}. Delete the folder {Path.GetDirectoryName(Path.GetFullPath(path))} to start anew; with doubleCheckpoint: true the backup before it is kept, too.");

    public static KerasException InvalidLoss(Callback callback, int batch, double loss) =>
        new($"{callback.GetType().Name} expects a finite loss but after batch {batch} it is {loss}. Lower the learning rate, clip the gradients (clipnorm: 1), or look for NaN in the data with Fit's checkFinite.");

    public static KerasException UnknownPlaceholder(string owner, string template, string name, IEnumerable<string> known) =>
        new($"{owner}: the file name \"{template}\" has the placeholder {{{name}}} but known are {Quoted(known)}. Use one of these, or leave the braces out.");

    public static KerasException BadFormat(string owner, string template, string placeholder) =>
        new($"{owner}: the file name \"{template}\" expects formats such as {{epoch:02d}} or {{val_loss:.2f}} but has {placeholder}. Use d for whole numbers, f, e or g for others.");

    /// <summary>Names as they stand in messages.</summary>
    public static string Quoted(IEnumerable<string> names)
    {
        var all = string.Join(", ", names.Select(n => $"'{n}'"));
        return all.Length == 0 ? "nothing" : all;
    }

    public static KerasException SnapshotsNeedRestarts(Callback callback, string received) =>
        new($"{callback.GetType().Name} expects an optimizer whose learning rate follows a CosineDecayRestarts but received {received}. Compile with new SGD(new CosineDecayRestarts(0.1, firstDecaySteps: stepsPerCycle, tMul: 1)).");

    public static KerasException NoSnapshots(string callback) =>
        new($"{callback} expects at least one cycle that has ended but received none. Train for at least firstDecaySteps steps before you take the ensemble.");

    public static KerasException SnapshotWeights(int number, string received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"SnapshotEnsemble expects weights of the model in every set but received other ones in set {number}: {received} Take them with model.GetWeights() of the same model."));

    public static KerasException SweepTooShort(int steps) =>
        new(string.Create(CultureInfo.InvariantCulture, $"LearningRateFinder expects a finite loss in at least three steps but received {steps}. Give a lower minLearningRate, or look for NaN in the data with Fit's checkFinite."));
}
