using DeepKeras.Losses;

namespace DeepKeras.Training;

/// <summary>A loss made from a function of targets and predictions.</summary>
internal sealed class FunctionLoss(Func<Tensor, Tensor, Tensor> function) : Loss(name: "function_loss")
{
    public override Tensor Call(Tensor yTrue, Tensor yPred) => function(yTrue, yPred);
}
