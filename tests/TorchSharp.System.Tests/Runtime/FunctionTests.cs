using static TorchSharp.torch;

namespace TorchSharp.Tests.Runtime;

/// <summary>Functions with gradients written in C#.</summary>
public class FunctionTests
{
    [Test]
    public void Its_gradients_reach_the_tensors_that_want_them()
    {
        using var scope = NewDisposeScope();
        var (x, w) = (ones([2, 3], requires_grad: true), full([3, 4], 2.0, requires_grad: true));
        var y = Product.apply(x, w, 5.0, null!);
        y.requires_grad.Should().BeTrue();
        y.mul(arange(8).view(2, 4)).sum().backward();
        x.grad!.data<float>().ToArray().Should().Equal(60, 60, 60, 220, 220, 220);
        w.grad!.data<float>().ToArray().Should().Equal(20, 30, 40, 50, 20, 30, 40, 50, 20, 30, 40, 50);
        var frozen = Product.apply(x.detach(), w, 1.0, null!);
        frozen.sum().backward();
        Product.apply(x.detach(), w.detach(), 1.0, null!).requires_grad.Should().BeFalse();
        using (no_grad()) Product.apply(x, w, 1.0, null!).requires_grad.Should().BeFalse();
    }

    [Test]
    public void What_was_saved_is_freed_by_the_gradient_and_guarded_until_then()
    {
        using var scope = NewDisposeScope();
        var (x, w) = (ones([2, 3], requires_grad: true), ones([3, 4], requires_grad: true));
        var twice = Product.apply(x, w, 1.0, null!).sum();
        twice.backward(retain_graph: true);
        twice.backward();
        x.grad!.data<float>().ToArray().Should().AllBeEquivalentTo(8f);
        Refused(() => twice.backward(), "*second time*");
        var inner = x.mul(1);
        var overwritten = Product.apply(inner, w, 1.0, null!).sum();
        inner.add_(1);
        Refused(() => overwritten.backward(), "*modified by an inplace operation*");
    }

    [Test]
    public void An_error_in_the_gradient_comes_out_of_backward()
    {
        using var scope = NewDisposeScope();
        Refused(() => Failing.apply(ones([1], requires_grad: true)).backward(), "*no gradient today*");
    }

    [Test]
    public void Nothing_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var (x, w) = (ones([2, 3], requires_grad: true), ones([3, 4], requires_grad: true));
        Step();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 20; i++) Step();
        Tensor.TotalCount.Should().Be(before);

        void Step()
        {
            using var step = NewDisposeScope();
            Product.apply(x, w, 1.0, null!).sum().backward();
        }
    }

    private static void Refused(Action action, string message) => action.Should().Throw<Exception>().WithMessage(message);

    private sealed class Product : autograd.SingleTensorFunction<Product>
    {
        public override string Name => nameof(Product);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
            ctx.save_data("factor", vars[2]);
            return ((Tensor)vars[0]).mm((Tensor)vars[1]).mul((double)vars[2]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var gradient = grad_output.mul((double)ctx.get_data("factor"));
            return [saved[0].requires_grad ? gradient.mm(saved[1].t()) : null!, saved[0].t().mm(gradient), null!, null!];
        }
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("no gradient today");
    }
}
