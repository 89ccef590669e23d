using System.Globalization;
using DeepKeras.Layers;
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

    public static KerasException NeedsLossFunction(Optimizer optimizer) =>
        new($"{optimizer.Where} expects a function that computes the loss again, as often as a step needs it, but received a loss or gradients that are computed already. Call optimizer.Minimize(() => …) with the forward pass inside, or take a first-order optimizer such as \"adam\".");

    public static KerasException NeedsResiduals(Optimizer optimizer) =>
        new($"{optimizer.Where} expects the residuals whose squares make the loss but received a function of the loss itself. Call MinimizeSquares(() => prediction - target), or take \"lbfgs\" for other losses.");

    public static KerasException NeedsSquaredError(Optimizer optimizer, string output, string received) =>
        new($"{optimizer.Where} expects the loss \"mse\" for every output but received {received} for output '{output}'. Compile with loss: \"mse\", or take \"lbfgs\", which minimizes any loss.");

    public static KerasException LossNotFinite(Optimizer optimizer, double value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{optimizer.Where} expects a finite loss at the weights where step {optimizer.Iterations + 1} begins but received {value}. Look for NaN in the data (Fit(checkFinite: true)) and for weights that are not finite; the weights are as before the step."));

    public static KerasException HessianNotFinite(Optimizer optimizer) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{optimizer.Where} expects finite second derivatives but received NaN or infinity in step {optimizer.Iterations + 1}. Keep away from functions such as sqrt at 0, or take \"lbfgs\", which needs gradients only."));

    public static KerasException SearchWithFactor(Optimizer optimizer, Layer scaled) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{optimizer.Where} expects the same learning rate for all layers, because one search decides how far all weights go, but received {scaled.Where} with the factor {scaled.LearningRateFactor}. Set layer.LearningRateFactor to 1, or freeze the layer with Trainable = false."));

    public static KerasException TooManyForMatrix(Optimizer optimizer, long count, int limit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{optimizer.Where} keeps a matrix over all pairs of parameters and expects at most {limit:N0} of them (maxParameters) but received {count:N0}, whose matrix takes {8.0 * count * count / (1 << 20):N0} MiB. Take \"lbfgs\", freeze layers, or raise maxParameters where there is room."));

    public static KerasException OptimizerInMap(Optimizer optimizer) =>
        new($"OptimizerMap expects optimizers that step some of the weights by their gradients but received a {optimizer.GetType().Name}, which steps all weights together. Take a first-order optimizer such as \"adam\"; against underflow, give lossScaleFactor to the MultiOptimizer.");

    public static KerasException OptimizerTwice(Optimizer optimizer) =>
        new($"OptimizerMap expects each optimizer once but received one and the same {optimizer.GetType().Name} '{optimizer.Name}' twice. Join the keys, \"(first|second)/.*\", or create an optimizer for each.");

    public static KerasException BadOptimizerKey(string key, ArgumentException cause) =>
        new($"OptimizerMap expects paths or regular expressions as keys but received '{key}': {cause.Message} Write \"layer/.*\" for all weights of a layer.", cause);

    public static KerasException SeveralOptimizers(string path, IReadOnlyCollection<string> keys) =>
        new($"OptimizerMap expects at most one key for weight '{path}' but received {Names(keys)}, which all match it. Make the expressions narrower, or add the path itself as a key.");

    public static KerasException KeyWithoutWeights(string key, IReadOnlyCollection<string> paths) =>
        new($"OptimizerMap expects keys that match the path of a weight but received '{key}', which matches none of {Names(paths)}. Write \"layer/.*\" for all weights of a layer, and give layers names: Dense(3, name: \"head\").");

    public static KerasException NoRuleToLend(Optimizer optimizer) =>
        new($"{optimizer.Where} expects to hand its weights out to its own optimizers but received another optimizer's weights. Give lossScaleFactor to the MultiOptimizer in place of a LossScaleOptimizer around it.");

    private static string Names(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? "nothing" : string.Join(", ", names.Take(4).Select(n => $"'{n}'")) + (names.Count > 4 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 4} more") : "");

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
