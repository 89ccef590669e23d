using System.Globalization;
using DeepKeras.Schedules;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException SeveralClips(Optimizer optimizer, double? clipnorm, double? clipvalue, double? globalClipnorm) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{optimizer.Where} expects at most one of clipnorm, clipvalue and globalClipnorm but received clipnorm: {Text(clipnorm)}, clipvalue: {Text(clipvalue)}, globalClipnorm: {Text(globalClipnorm)}. Keep the one you want."));

    public static KerasException RateIsScheduled(Optimizer optimizer, LearningRateSchedule schedule, LearningRate received) =>
        new($"{optimizer.Where} expects its learning rate from its schedule, {schedule.GetType().Name}, but received the number {received}. Create the optimizer with a number as learningRate where the rate shall be set by hand or by a callback.");

    public static KerasException OptimizerNotBuilt(Optimizer optimizer) =>
        new($"{optimizer.Where} expects to know its weights but received a step before Build. Call optimizer.Build(model.Weights) before the first forward pass.");

    public static KerasException LossWithoutWeights(Optimizer optimizer) =>
        new($"{optimizer.Where} expects a loss that depends on at least one trainable weight but received one that depends on none. Compute the loss from the model's output, with gradients recorded (not inside torch.no_grad()).");

    public static KerasException GradientCount(Optimizer optimizer, int expected, int received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{optimizer.Where} expects {expected} gradients, one per trainable weight, but received {received}. Give them in the order of optimizer.TrainableWeights, null where a weight has none."));

    public static KerasException StateTwice(Optimizer optimizer, string name) =>
        new($"{optimizer.Where} expects each state name once but received '{name}' twice. Give layers different names.");

    public static KerasException StateNames(Optimizer optimizer, IReadOnlyCollection<string> missing, IReadOnlyCollection<string> unknown) =>
        new($"{optimizer.Where} expects the state of its own weights and options, but of the received state {Names(missing)} is missing and {Names(unknown)} is not known. Build the optimizer on the model that the state was saved with, with the same options.");

    public static KerasException StateShape(Optimizer optimizer, string name, long[] expected, long[] received) =>
        new($"{optimizer.Where}: state '{name}' expects shape {new Shape(expected)} but received {new Shape(received)}. Build the optimizer on the model that the state was saved with.");

    private static string Names(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? "nothing" : string.Join(", ", names.Take(4).Select(n => $"'{n}'")) + (names.Count > 4 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 4} more") : "");

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
